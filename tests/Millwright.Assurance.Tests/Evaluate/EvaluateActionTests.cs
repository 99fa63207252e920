using System.Text.Json;

namespace Millwright.Assurance.Tests.Evaluate;

public sealed class EvaluateActionTests : IDisposable
{
    private readonly AssuranceHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"label": "outcome", "positive": "Yes"}""")]
    public async Task Evaluate_Predictions_ReportsEveryMetric(string parameters)
    {
        var run = await _house.RunAsync("evaluate", new() { ["predictions"] = _house.Predictions("p.csv", 1000, 1) }, parameters);

        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.Message);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(run.Outputs["metrics"], TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("n").GetDouble().ShouldBe(1000);
        json.RootElement.GetProperty("roc_auc").GetDouble().ShouldBeInRange(0.8, 0.99);
        run.Metrics.Select(metric => metric.Name).ShouldBe(json.RootElement.EnumerateObject().Select(member => member.Name), ignoreOrder: true);
        run.Metrics.Select(metric => metric.Name).ShouldContain("calibration_error");
    }

    [Fact]
    public async Task Evaluate_MissingColumn_NamesItAndTheColumnsThereAre()
    {
        var run = await _house.RunAsync("evaluate", new() { ["predictions"] = _house.Predictions("p.csv", 100, 1) }, """{"label": "truth"}""");

        run.Result.Problem!.Message.ShouldContain("'truth'");
        run.Result.Problem.Fix.ShouldContain("label, score");
    }

    [Theory]
    [InlineData("1,2,0.5,F,x", "predictions.label")]
    [InlineData("1,1,0.5,F,x", "predictions.one_class")]
    [InlineData("1,1,1.5,F,x", "predictions.score")]
    [InlineData("1,1,abc,F,x", "predictions.score")]
    [InlineData("1,,0.5,F,x", "predictions.missing")]
    public async Task Evaluate_BadRows_AreAProblem(string line, string code)
    {
        var path = _house.Predictions("p.csv", 200, 1, line: row => row % 4 == 3 || code == "predictions.one_class" ? line : $"{row},{row % 2},0.4,F,x");
        var run = await _house.RunAsync("evaluate", new() { ["predictions"] = path });

        run.Result.Problem!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Evaluate_WrongParameters_AreReportedTogether()
    {
        var run = await _house.RunAsync("evaluate", new() { ["predictions"] = _house.Predictions("p.csv", 100, 1) }, """{"threshold": 7, "label": ""}""");

        run.Result.Problem!.Details.Select(detail => detail.Key).ShouldBe(["label", "threshold"], ignoreOrder: true);
    }
}
