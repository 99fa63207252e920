using FsCheck;
using FsCheck.Fluent;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;
using Millwright.Tracking.Search;

namespace Millwright.Tracking.Tests.Search;

public sealed class SearchRunsTests
{
    [Theory]
    [InlineData("metrics.auc > 0.8", "good")]
    [InlineData("metrics.auc <= .8 and metrics.auc != 8e-1", "bad")]
    [InlineData("params.`odd key` = \"it's\"", "good")]
    [InlineData("tags.team LIKE 'r%'", "good bad")]
    [InlineData("tags.team LIKE 'R%'", "")]
    [InlineData("tags.team ILIKE 'R_S%'", "good bad")]
    [InlineData("run_name = 'good' AND status = 'RUNNING'", "good")]
    [InlineData("metrics.missing != 1", "")]
    [InlineData("metrics.lost > -1", "bad")]
    [InlineData("", "good bad")]
    public async Task Filter_FindsWhatItSays(string filter, string names)
    {
        await using var tracking = await Sample();
        var page = tracking.Get<SearchRuns>().Run([ExperimentId.Default], filter, ["run_name DESC"], Lifecycle.Active, 10, null).Value;
        string.Join(' ', page.Items.Select(run => run.Info.Name)).ShouldBe(names);
    }

    [Theory]
    [InlineData("metrics.auc")]
    [InlineData("metrics.auc > 'x'")]
    [InlineData("params.depth = 6")]
    [InlineData("metrics.auc > 1 OR metrics.auc < 0")]
    [InlineData("(metrics.auc > 1)")]
    [InlineData("bogus.auc > 1")]
    [InlineData("attributes.bogus = 'x'")]
    [InlineData("status > 'A'")]
    [InlineData("run_id IN ()")]
    [InlineData("tags.team IS NULL")]
    [InlineData("metrics.auc > 1; DROP TABLE tracking_runs")]
    public async Task Filter_OutsideTheLanguage_IsAProblemWithAFix(string filter)
    {
        await using var tracking = await Sample();
        var problem = tracking.Get<SearchRuns>().Run([ExperimentId.Default], filter, [], Lifecycle.Active, 10, null).Problem.ShouldNotBeNull();
        problem.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Pages_FollowOneAnother_WithoutGapOrRepetition()
    {
        await using var tracking = new OpenTracking();
        for (var index = 0; index < 7; index++)
        {
            await tracking.StartAsync($"r{index}", at: 1000 + index);
        }

        var (names, token) = (new List<string>(), (string?)null);
        do
        {
            var page = tracking.Get<SearchRuns>().Run([ExperimentId.Default], null, [], Lifecycle.Active, 3, token).Value;
            names.AddRange(page.Items.Select(run => run.Info.Name));
            token = page.Next;
        }
        while (token is not null);

        names.ShouldBe(["r6", "r5", "r4", "r3", "r2", "r1", "r0"]);
    }

    [Fact]
    public async Task AnyText_AsAFilterOrAValue_NeverBreaksTheSearch()
    {
        await using var tracking = await Sample();
        var search = tracking.Get<SearchRuns>();
        Prop.ForAll<NonNull<string>>(text =>
        {
            search.Run([ExperimentId.Default], text.Get, [text.Get], null, 5, null);
            var quoted = text.Get.Replace("'", "", StringComparison.Ordinal);
            search.Run([ExperimentId.Default], $"tags.team = '{quoted}' AND run_name LIKE '{quoted}'", [], null, 5, null).IsOk.ShouldBeTrue();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static async Task<OpenTracking> Sample()
    {
        var tracking = new OpenTracking();
        var log = tracking.Get<LogToRun>();
        var good = await tracking.StartAsync("good");
        var bad = await tracking.StartAsync("bad");
        await log.BatchAsync(good, new LogBatch([new("auc", 0.9, 1, 0)], [new("odd key", "it's")], [new("team", "risk")]), default);
        await log.BatchAsync(bad, new LogBatch([new("auc", 0.7, 1, 0), new("lost", double.NaN, 1, 0)], [], [new("team", "rust")]), default);
        return tracking;
    }
}
