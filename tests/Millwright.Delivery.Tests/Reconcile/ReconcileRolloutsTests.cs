using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Monitoring;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Abort;
using Millwright.Delivery.Judge;
using Millwright.Delivery.RollBack;
using Millwright.Delivery.Show;
using Millwright.Ledger;

namespace Millwright.Delivery.Tests.Reconcile;

public sealed class ReconcileRolloutsTests
{
    [Fact]
    public async Task Canary_GoodOnEveryStep_IsPromoted()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync();
        var shares = new List<double>();
        for (var step = 0; step < 3; step++)
        {
            shares.Add(world.Get<ITrafficSplit>().Targets("churn")[0].Percent);
            world.Serving.Answer(candidate, 200);
            world.Serving.Answer(champion, 1000);
            (await world.TickAsync()).ShouldBe(1);
        }

        shares.ShouldBe([10, 50, 100]);
        world.Store.Find(candidate.Id)!.State.ShouldBe(DeploymentState.Live);
        world.Store.Find(champion.Id)!.State.ShouldBe(DeploymentState.Retired);
        world.Get<ITrafficSplit>().Targets("churn").ShouldHaveSingleItem().Version.ShouldBe(2);
        world.Catalog.Versions[2].Stage.ShouldBe("production");
        world.Events().ShouldBe(["rollout.started", "rollout.started", "rollout.advanced", "rollout.advanced", "rollout.promoted"]);
    }

    [Fact]
    public async Task Canary_BeforeBakeTimeOrSample_Waits()
    {
        await using var world = new World();
        var (_, candidate) = await world.CanaryAsync();
        world.Serving.Answer(candidate, 99);
        (await world.TickAsync()).ShouldBe(0);
        var details = (await world.Get<ShowDeployment>().RunAsync("churn", default)).Value;
        details.Now!.Outcome.ShouldBe(CanaryOutcome.Inconclusive);
        details.Now.Reason.ShouldBe("99 requests of at least 100");
        details.Verdicts.ShouldHaveSingleItem().Verdict.Move.ShouldBe(CanaryMove.Wait);
    }

    [Fact]
    public async Task Canary_ThatErrs_IsRolledBackWithReasonAndEvidence()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync();
        world.Serving.Answer(candidate, 40, errors: 12);
        (await world.TickAsync(0.1)).ShouldBe(1);
        var back = world.Store.Find(candidate.Id)!;
        back.State.ShouldBe(DeploymentState.RolledBack);
        back.Outcome.ShouldStartWith("error rate 30");
        world.Get<ITrafficSplit>().Targets("churn").ShouldHaveSingleItem().Deployment.ShouldBe(champion.Id.Value);
        var happened = world.Get<ILedgerStore>().Read(new LedgerQuery { Kind = "rollout.rolled_back", Limit = 1 })[0];
        happened.Facts()["reason"]!.GetValue<string>().ShouldBe(back.Outcome);
        happened.Facts()["evidence"]!.AsArray().Select(check => check!["check"]!.GetValue<string>()).ShouldContain("error_rate");
        (await world.TickAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Canary_WithWorseLabels_IsRolledBack()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync();
        world.Serving.Answer(candidate, 200);
        world.Serving.Answer(champion, 200);
        world.Serving.Labels[1] = Labelled(good: true);
        world.Serving.Labels[2] = Labelled(good: false);
        await world.TickAsync();
        world.Store.Find(candidate.Id)!.Outcome.ShouldContain("ROC AUC");
    }

    [Fact]
    public async Task Canary_WithOtherScoresAndNoLabels_IsRolledBack()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync();
        for (var index = 0; index < 400; index++)
        {
            var own = index % 4 == 0;
            world.Serving.Append(new Prediction(
                $"p{index}", world.Time.GetUtcNow(), "churn", own ? 2 : 1, own ? candidate.Id.Value : champion.Id.Value, [], [], own ? 0.9 : index / 400.0));
        }

        world.Serving.Answer(candidate, 200);
        world.Serving.Answer(champion, 200);
        await world.TickAsync();
        world.Store.Find(candidate.Id)!.Outcome.ShouldContain("scores are");
    }

    [Fact]
    public async Task Canary_InconclusiveForTooLong_IsTakenBack()
    {
        await using var world = new World();
        var (_, candidate) = await world.CanaryAsync();
        await world.TickAsync(TimeSpan.FromHours(25).TotalSeconds);
        var back = world.Store.Find(candidate.Id)!;
        back.State.ShouldBe(DeploymentState.RolledBack);
        back.Outcome.ShouldStartWith("still inconclusive after");
    }

    [Fact]
    public async Task Canary_RestartInTheMiddle_GoesOnAtItsStep()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync();
        world.Serving.Answer(candidate, 200);
        await world.TickAsync();
        await world.RestartAsync();
        world.Get<ITrafficSplit>().Targets("churn").Select(target => target.Percent).ShouldBe([50, 50]);
        world.Serving.Answer(candidate, 200);
        world.Serving.Answer(champion, 200);
        await world.TickAsync();
        world.Store.Find(candidate.Id)!.Step.ShouldBe(2);
        world.Events().Count(kind => kind == "rollout.advanced").ShouldBe(2);
    }

    [Fact]
    public async Task Canary_ForcedAndGood_GoesLiveWithoutTheStage()
    {
        await using var world = new World();
        await world.StartAsync(1);
        world.Catalog.Versions[2] = world.Catalog.Versions[2] with { IsApproved = false };
        var candidate = await world.StartAsync(2, request => request with { Force = true, Reason = "try", Steps = [100] });
        world.Serving.Answer(candidate, 200);
        await world.TickAsync();
        world.Store.Find(candidate.Id)!.Outcome.ShouldContain("the stage was not moved");
        world.Catalog.Versions[2].Stage.ShouldBe("none");
    }

    [Fact]
    public async Task RollBack_Live_BringsTheOneBeforeBack()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync(request => request with { Steps = [100] });
        world.Serving.Answer(candidate, 200);
        await world.TickAsync();
        var back = (await world.Get<RollBackDeployment>().RunAsync("churn", "complaints", World.Ada, default)).Value;
        back.Id.ShouldBe(candidate.Id);
        world.Get<ITrafficSplit>().Targets("churn").ShouldHaveSingleItem().Deployment.ShouldBe(champion.Id.Value);
        (await world.Get<RollBackDeployment>().RunAsync("churn", "more", World.Ada, default)).Problem!.Code.ShouldBe("rollback.first");
    }

    [Fact]
    public async Task RollBack_Live_TakesTheStageAlong()
    {
        await using var world = new World();
        var (_, candidate) = await world.CanaryAsync(request => request with { Steps = [100] });
        world.Serving.Answer(candidate, 200);
        await world.TickAsync();
        world.Catalog.Versions[1] = world.Catalog.Versions[1] with { Stage = "archived" };
        await world.Get<RollBackDeployment>().RunAsync("churn", "complaints", World.Ada, default);
        world.Catalog.Versions[1].Stage.ShouldBe("production", "the registry must not name another version than the one that answers");
    }

    [Fact]
    public async Task RollBack_VersionBeforeDoesNotLoadAnyMore_LeavesTheLiveOneInPlace()
    {
        await using var world = new World();
        var (_, candidate) = await world.CanaryAsync(request => request with { Steps = [100] });
        world.Serving.Answer(candidate, 200);
        await world.TickAsync();
        world.Serving.Cold = new Problem("model.broken", "It does not load.", "Register a model that does.");
        (await world.Get<RollBackDeployment>().RunAsync("churn", "complaints", World.Ada, default)).Problem!.Code.ShouldBe("model.broken");
        world.Get<ITrafficSplit>().Targets("churn").ShouldHaveSingleItem().Version.ShouldBe(2);
        world.Events().ShouldNotContain("rollout.rolled_back");
    }

    [Fact]
    public async Task RollBack_Candidate_RecordsReasonAndWho()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync();
        (await world.Get<RollBackDeployment>().RunAsync(candidate.Id.Value, " ", World.Ada, default)).Problem!.Code.ShouldBe("rollback.no_reason");
        (await world.Get<RollBackDeployment>().RunAsync(candidate.Id.Value, "scores look odd", World.Ada, default)).Value.Outcome.ShouldBe("scores look odd");
        world.Get<ITrafficSplit>().Targets("churn").ShouldHaveSingleItem().Deployment.ShouldBe(champion.Id.Value);
        var happened = world.Get<ILedgerStore>().Read(new LedgerQuery { Kind = "rollout.rolled_back" }).ShouldHaveSingleItem();
        (happened.Actor, happened.Facts()["reason"]!.GetValue<string>()).ShouldBe((World.Ada, "scores look odd"));
    }

    [Fact]
    public async Task Canary_GrowingStepByStep_NeverGivesAKeyBack()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync(request => request with { Steps = [10, 25, 60, 100] });
        var keys = Enumerable.Range(0, 2_000).Select(index => $"customer-{index}").ToList();
        var split = world.Get<ITrafficSplit>();
        var before = new HashSet<string>();
        for (var step = 0; step < 4; step++)
        {
            var now = keys.Where(key => split.Route("churn", key)!.Version == 2).ToHashSet();
            now.IsSupersetOf(before).ShouldBeTrue();
            now.Count.ShouldBeGreaterThan(before.Count);
            await world.RestartAsync();
            split = world.Get<ITrafficSplit>();
            keys.Where(key => split.Route("churn", key)!.Version == 2).ShouldBe(now, ignoreOrder: true, "a restart moves nobody");
            before = now;
            world.Serving.Answer(candidate, 200);
            world.Serving.Answer(champion, 200);
            await world.TickAsync();
        }

        before.Count.ShouldBe(keys.Count);
        world.Store.Find(candidate.Id)!.State.ShouldBe(DeploymentState.Live);
    }

    [Fact]
    public async Task Canary_JudgedAnewAtEveryStep_ForgetsWhatItAnsweredBefore()
    {
        await using var world = new World();
        var (_, candidate) = await world.CanaryAsync();
        world.Serving.Answer(candidate, 200);
        await world.TickAsync();
        (await world.TickAsync()).ShouldBe(0, "the sample of the step before does not count");
        world.Store.Find(candidate.Id)!.Step.ShouldBe(1);
    }

    [Fact]
    public async Task Canary_Forced_StandsInTheLedgerWithReasonAndVersion()
    {
        await using var world = new World();
        await world.StartAsync(1);
        world.Catalog.Versions[2] = world.Catalog.Versions[2] with { IsApproved = false };
        var forced = await world.StartAsync(2, request => request with { Force = true, Reason = "outage of version 1" });
        var happened = world.Get<ILedgerStore>().Read(new LedgerQuery { Kind = "rollout.started", NewestFirst = true, Limit = 1 })[0];
        happened.Subject.ShouldBe(forced.Id.Subject);
        happened.Inputs.ShouldBe([Subject.Model("churn", 2)]);
        happened.Actor.ShouldBe(World.Ada);
        (happened.Facts()["forced"]!.GetValue<bool>(), happened.Facts()["reason"]!.GetValue<string>()).ShouldBe((true, "outage of version 1"));
        await world.RestartAsync();
        world.Store.Find(forced.Id)!.IsForced.ShouldBeTrue();
    }

    [Fact]
    public async Task Unknown_Deployment_NamesTheModelThatWasMeant()
    {
        await using var world = new World();
        await world.StartAsync(1);
        foreach (var problem in (Problem?[])
            [
                (await world.Get<ShowDeployment>().RunAsync("chrun", default)).Problem,
                (await world.Get<AbortRollout>().RunAsync("chrun", "", World.Ada, default)).Problem,
                (await world.Get<RollBackDeployment>().RunAsync("chrun", "why", World.Ada, default)).Problem,
            ])
        {
            problem!.Kind.ShouldBe(ProblemKind.NotFound);
            problem.Fix.ShouldStartWith("Did you mean 'churn'?");
        }
    }

    [Fact]
    public async Task Abort_Rollout_GivesTrafficBack()
    {
        await using var world = new World();
        var (_, candidate) = await world.CanaryAsync();
        var stopped = (await world.Get<AbortRollout>().RunAsync(candidate.Id.Value, "", World.Ada, default)).Value;
        stopped.Outcome.ShouldBe("stopped by ada");
        world.Get<ITrafficSplit>().Targets("churn").ShouldHaveSingleItem().Version.ShouldBe(1);
        (await world.Get<AbortRollout>().RunAsync(candidate.Id.Value, "", World.Ada, default)).Problem!.Code.ShouldBe("rollout.over");
    }

    private static LabelledScores Labelled(bool good)
    {
        var labels = Enumerable.Range(0, 200).Select(index => index % 3 == 0 ? 1 : 0).ToList();
        return new LabelledScores([.. labels.Select((label, index) => (good ? label : 1 - label) * 0.5 + index % 17 / 34.0)], labels);
    }
}
