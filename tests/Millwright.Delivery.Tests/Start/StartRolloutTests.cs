using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Ledger.Verify;

namespace Millwright.Delivery.Tests.Start;

public sealed class StartRolloutTests
{
    [Fact]
    public async Task Start_FirstVersion_TakesAllTrafficAndGoesToProduction()
    {
        await using var world = new World();
        var deployment = await world.StartAsync(1);
        deployment.State.ShouldBe(DeploymentState.Live);
        world.Get<ITrafficSplit>().Targets("churn").ShouldHaveSingleItem().Percent.ShouldBe(100);
        world.Catalog.Versions[1].Stage.ShouldBe("production");
        world.Events().ShouldBe(["rollout.started"]);
    }

    [Fact]
    public async Task Start_SecondVersion_TakesTheFirstStepOnly()
    {
        await using var world = new World();
        var (champion, candidate) = await world.CanaryAsync();
        candidate.ChampionVersion.ShouldBe(1);
        world.Get<ITrafficSplit>().Targets("churn").Select(target => (target.Version, target.Percent, target.Deployment))
            .ShouldBe([(2, 10, candidate.Id.Value), (1, 90, champion.Id.Value)]);
    }

    [Fact]
    public async Task Start_NotApproved_IsRefusedUnlessForcedWithReason()
    {
        await using var world = new World();
        await world.StartAsync(1);
        world.Catalog.Versions[2] = world.Catalog.Versions[2] with { IsApproved = false };
        var refused = await world.TryStartAsync(2);
        refused.Problem!.Code.ShouldBe("rollout.not_approved");
        refused.Problem.Kind.ShouldBe(ProblemKind.Refused);
        (await world.TryStartAsync(2, request => request with { Force = true })).Problem!.Code.ShouldBe("rollout.no_reason");
        var forced = await world.StartAsync(2, request => request with { Force = true, Reason = "hot fix" });
        forced.IsForced.ShouldBeTrue();
        world.Store.Find(forced.Id)!.Reason.ShouldBe("hot fix");
    }

    [Fact]
    public async Task Start_WhileAnotherIsUnderWay_NamesIt()
    {
        await using var world = new World();
        var (_, candidate) = await world.CanaryAsync();
        var problem = (await world.TryStartAsync(3)).Problem!;
        problem.Code.ShouldBe("rollout.under_way");
        problem.Message.ShouldContain(candidate.Id.Value);
        (await world.TryStartAsync(2)).Problem!.Code.ShouldBe("rollout.under_way");
    }

    [Fact]
    public async Task Start_VersionThatCannotAnswer_LeavesTrafficAlone()
    {
        await using var world = new World();
        await world.StartAsync(1);
        world.Serving.Cold = new Problem("model.broken", "It does not load.", "Register a model that does.");
        (await world.TryStartAsync(2)).Problem!.Code.ShouldBe("model.broken");
        world.Get<ITrafficSplit>().Targets("churn").ShouldHaveSingleItem().Version.ShouldBe(1);
        world.Events().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Start_WrongPlan_SaysEverythingThatIsWrong()
    {
        await using var world = new World();
        var problem = (await world.TryStartAsync(1, request => request with { Steps = [50, 10], Adjust = rules => rules with { MaxErrorRate = 2 } })).Problem!;
        problem.Details.Select(detail => detail.Key).ShouldBe(["steps", "steps", "maxErrorRate"]);
    }

    [Fact]
    public async Task Start_ManyAtOnce_OneWins()
    {
        await using var world = new World();
        await world.StartAsync(1);
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.TryStartAsync(2))));
        results.Count(result => result.IsOk).ShouldBe(1);
        world.Get<VerifyLedger>().Run(default).Holds.ShouldBeTrue();
    }
}
