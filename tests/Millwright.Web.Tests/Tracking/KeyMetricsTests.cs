using Millwright.Contracts.Tracking;
using Millwright.Web.Tracking;

namespace Millwright.Web.Tests.Tracking;

/// <summary>Which metrics tell runs apart, and which value of one is the best.</summary>
public sealed class KeyMetricsTests
{
    [Fact]
    public void Of_ManyMetrics_JudgesOnUnseenRowsFirst() =>
        KeyMetrics.Of([Run("rows", "train_auc", "validation_auc", "log_loss"), Run("log_loss")], 3).ShouldBe(["log_loss", "validation_auc", "train_auc"]);

    [Theory]
    [InlineData("roc_auc", 1)]
    [InlineData("log_loss", 0)]
    [InlineData("accuracy_loss", 0)]
    public void Best_MetricWithADirection_IsMarked(string metric, int best) => MetricDirection.Best(metric, ["0.2", "0.8"]).ShouldBe([best]);

    [Theory]
    [InlineData("rows")]
    [InlineData("train_auc")]
    [InlineData("roc_auc_high")]
    public void Best_MetricThatMakesNoRunBetter_IsNotMarked(string metric) => MetricDirection.Best(metric, ["0.2", "0.8"]).ShouldBeEmpty();

    [Theory]
    [InlineData("client", "churn & co", "finished", "val auc", false, "/runs?kind=client&experiment=churn%20%26%20co&status=finished&sort=val%20auc&direction=ascending")]
    [InlineData(null, null, null, null, true, "/runs")]
    [InlineData("nonsense", " ", "nonsense", "a`b", true, "/runs")]
    public void Filter_OfAnAddress_HasThatAddress(string? kind, string? experiment, string? status, string? sort, bool descending, string address) =>
        RunFilter.Of(kind, experiment, status, sort, descending ? null : "ascending").Address().ShouldBe(address);

    private static TrackedRunDto Run(params string[] metrics) => new(
        "id", "name", "experiment", "client", "finished", "", null, null,
        metrics.ToDictionary(metric => metric, _ => (double?)1, StringComparer.Ordinal), new Dictionary<string, string>(), new Dictionary<string, string>());
}
