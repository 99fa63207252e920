using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Steps;
using Millwright.Tracking.Runs;
using Millwright.Tracking.Search;

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

    [Fact]
    public async Task Search_ByKind_TellsPipelinesFromClients()
    {
        await using var tracking = new OpenTracking();
        await tracking.Get<IRunTracker>().StartAsync(Train with { Trigger = "cron 0 3 * * *" }, default);
        var experiment = tracking.Experiments.FindByName("train")!.Id;
        var logged = (await tracking.Get<StartRun>().RunAsync(experiment, "notebook", "lin", 1, [], OpenTracking.Ada, default)).Value;
        var search = tracking.Get<SearchRuns>();

        search.Run([experiment], null, [], null, 10, null, RunKind.Pipeline).Value.Items.ShouldHaveSingleItem().Tags.ShouldContainKeyAndValue("millwright.trigger", "cron 0 3 * * *");
        search.Run([experiment], null, [], null, 10, null, RunKind.Client).Value.Items.ShouldHaveSingleItem().Info.Id.ShouldBe(logged.Info.Id);
        search.Run([experiment], null, [], null, 10, null).Value.Items.Select(run => run.Kind).ShouldBe([RunKind.Pipeline, RunKind.Client], ignoreOrder: true);
    }

    private static RunReport Report(string metric, double value) => RunReport.Empty with { Metrics = [new ReportedMetric(metric, value, 0, DateTimeOffset.UnixEpoch.AddDays(1))] };
}
