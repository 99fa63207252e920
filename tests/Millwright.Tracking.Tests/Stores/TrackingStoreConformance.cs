using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking.Tests.Stores;

/// <summary>What every database under tracking must do. A further database derives from it and opens itself.</summary>
public abstract class TrackingStoreConformance
{
    private protected abstract OpenTracking Open();

    [Fact]
    public async Task Run_AfterReopening_IsAsItWasLogged()
    {
        await using var tracking = Open();
        var run = await tracking.StartAsync("first");
        (await tracking.Get<LogToRun>().BatchAsync(run, new LogBatch(
            [new("auc", 0.9, 5, 0), new("auc", 0.8, 6, 1), new("nan", double.NaN, 5, 0)], [new("depth", "6")], [new("team", "risk")]), default)).IsOk.ShouldBeTrue();
        await tracking.ReopenAsync();
        var read = tracking.Runs.Find(run).ShouldNotBeNull();
        read.Metrics.ShouldBe([new MetricPoint("auc", 0.8, 6, 1), new MetricPoint("nan", double.NaN, 5, 0)]);
        read.Parameters.ShouldContainKeyAndValue("depth", "6");
        read.Tags.ShouldContainKeyAndValue("team", "risk");
        read.Info.Name.ShouldBe("first");
    }

    [Fact]
    public async Task Latest_OfPointsInAnyOrder_IsTheGreatestStepThenTimeThenValue()
    {
        await using var tracking = Open();
        var run = await tracking.StartAsync("order");
        foreach (var (value, at, step) in new[] { (1.0, 9L, 3L), (2.0, 50L, 2L), (0.5, 9L, 3L), (7.0, 8L, 3L) })
        {
            await tracking.LogAsync(run, "loss", value, at, step);
        }

        tracking.Runs.Find(run)!.Metrics.ShouldBe([new MetricPoint("loss", 1.0, 9, 3)]);
        tracking.Runs.History(run, "loss", 0, 100).Select(point => point.Value).ShouldBe([7.0, 0.5, 1.0, 2.0]);
    }

    [Fact]
    public async Task SamePoint_LoggedTwice_IsStoredOnce()
    {
        await using var tracking = Open();
        var run = await tracking.StartAsync("twice");
        await tracking.LogAsync(run, "loss", 1.0, 5, 1);
        await tracking.LogAsync(run, "loss", 1.0, 5, 1);
        tracking.Runs.History(run, "loss", 0, 100).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Batch_WithAChangedParameter_WritesNothing()
    {
        await using var tracking = Open();
        var run = await tracking.StartAsync("batch");
        var log = tracking.Get<LogToRun>();
        (await log.ParameterAsync(run, "p", "1", default)).IsOk.ShouldBeTrue();
        (await log.ParameterAsync(run, "p", "1", default)).IsOk.ShouldBeTrue();
        var refused = await log.BatchAsync(run, new LogBatch([new("m", 1, 1, 0)], [new("q", "2"), new("p", "2")], [new("t", "3")]), default);
        refused.Problem.ShouldNotBeNull().Code.ShouldBe("parameter.changed");
        var read = tracking.Runs.Find(run)!;
        read.Metrics.ShouldBeEmpty();
        read.Parameters.Keys.ShouldBe(["p"]);
        read.Tags.ShouldNotContainKey("t");
    }

    [Fact]
    public async Task ManyWriters_AtOnce_LoseNothing()
    {
        await using var tracking = Open();
        var run = await tracking.StartAsync("busy");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(step => tracking.LogAsync(run, $"m{step % 5}", step, step, step)));
        Enumerable.Range(0, 5).Sum(key => tracking.Runs.History(run, $"m{key}", 0, 1000).Count).ShouldBe(200);
        tracking.Runs.Find(run)!.Metrics.Select(metric => metric.Value).Order().ShouldBe([195.0, 196.0, 197.0, 198.0, 199.0]);
    }

    [Fact]
    public async Task DeletedExperiment_TakesItsRunsAlong_RestoringBringsBothBack()
    {
        await using var tracking = Open();
        var experiment = (await tracking.Get<CreateExperiment>().RunAsync("short lived", null, [], OpenTracking.Ada, default)).Value;
        var run = (await tracking.Get<StartRun>().RunAsync(experiment.Id, "", "", 0, [], OpenTracking.Ada, default)).Value.Info.Id;
        var change = tracking.Get<ChangeExperiment>();
        (await change.DeleteAsync(experiment.Id, OpenTracking.Ada, default)).IsOk.ShouldBeTrue();
        tracking.Runs.FindInfo(run)!.Lifecycle.ShouldBe(Lifecycle.Deleted);
        (await tracking.Get<LogToRun>().TagAsync(run, "t", "v", default)).Problem.ShouldNotBeNull().Code.ShouldBe("run.deleted");
        (await tracking.Get<CreateExperiment>().RunAsync("short lived", null, [], OpenTracking.Ada, default)).Problem.ShouldNotBeNull().Code.ShouldBe("experiment.exists");
        (await change.RestoreAsync(experiment.Id, OpenTracking.Ada, default)).IsOk.ShouldBeTrue();
        tracking.Runs.FindInfo(run)!.Lifecycle.ShouldBe(Lifecycle.Active);
    }

    [Fact]
    public async Task Ledger_KnowsBeginningsAndEnds_NotValues()
    {
        await using var tracking = Open();
        var run = await tracking.StartAsync("quiet");
        await tracking.LogAsync(run, "loss", 1);
        await tracking.Get<LogToRun>().TagAsync(run, "t", "v", default);
        var change = tracking.Get<ChangeRun>();
        await change.UpdateAsync(run, RunStatus.Finished, 5, null, OpenTracking.Ada, default);
        await change.UpdateAsync(run, RunStatus.Finished, 6, null, OpenTracking.Ada, default);
        await change.DeleteAsync(run, OpenTracking.Ada, default);
        await change.DeleteAsync(run, OpenTracking.Ada, default);
        tracking.LedgerKinds().ShouldBe(["run.started", "run.finished", "run.deleted"]);
    }
}

/// <summary>SQLite, the embedded default.</summary>
public sealed class SqliteTrackingStoreTests : TrackingStoreConformance
{
    private protected override OpenTracking Open() => new();
}
