using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Steps;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking.Tests.Pipelines;

public sealed class TrackPipelineRunsTests
{
    private static readonly TrackedRun Train = new(
        "0123456789abcdef0123456789abcdef", "train", new PipelineReference("train", ContentDigest.Sha256("plan"), "abc", []), OpenTracking.Ada, DateTimeOffset.UnixEpoch.AddDays(1))
    {
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("depth", "6"),
    };

    [Fact]
    public async Task PipelineRun_IsARunOfAnExperimentOfItsName()
    {
        await using var tracking = new OpenTracking();
        var tracker = tracking.Get<IRunTracker>();
        await tracker.StartAsync(Train, default);
        await tracker.LogAsync(Train.RunId, Report("auc", 0.9), default);
        await tracker.FinishAsync(Train.RunId, RunOutcome.Succeeded, DateTimeOffset.UnixEpoch.AddDays(2), default);
        var run = tracking.Runs.Find(new RunId(Train.RunId)).ShouldNotBeNull();
        tracking.Experiments.Find(run.Info.Experiment)!.Name.ShouldBe("train");
        run.Info.Status.ShouldBe(RunStatus.Finished);
        run.Parameters.ShouldContainKeyAndValue("depth", "6");
        run.Tags.ShouldContainKeyAndValue("mlflow.source.git.commit", "abc");
        run.Metrics.ShouldHaveSingleItem().Value.ShouldBe(0.9);
    }

    [Fact]
    public async Task EveryCall_Repeated_ChangesNothing()
    {
        await using var tracking = new OpenTracking();
        var tracker = tracking.Get<IRunTracker>();
        for (var time = 0; time < 2; time++)
        {
            await tracker.StartAsync(Train, default);
            await tracker.LogAsync(Train.RunId, Report("auc", 0.9), default);
            await tracker.FinishAsync(Train.RunId, RunOutcome.Failed, DateTimeOffset.UnixEpoch.AddDays(2), default);
        }

        tracking.Runs.History(new RunId(Train.RunId), "auc", 0, 10).Count.ShouldBe(1);
        tracking.Runs.FindInfo(new RunId(Train.RunId))!.Status.ShouldBe(RunStatus.Failed);
    }

    [Fact]
    public async Task UnknownRun_IsNobodysTrouble()
    {
        await using var tracking = new OpenTracking();
        await tracking.Get<IRunTracker>().LogAsync("unknown", Report("auc", 1), default);
        tracking.Runs.Find(new RunId("unknown")).ShouldBeNull();
    }

    private static RunReport Report(string metric, double value) => RunReport.Empty with { Metrics = [new ReportedMetric(metric, value, 0, DateTimeOffset.UnixEpoch.AddDays(1))] };
}
