using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Delivery.Judge;

namespace Millwright.Delivery.Tests.Stores;

/// <summary>What every database under delivery must do. A further database derives from it and opens itself.</summary>
public abstract class DeploymentStoreConformance
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, 123, TimeSpan.Zero);

    private protected abstract World Open();

    [Fact]
    public async Task Deployment_AfterReopening_IsAsItWasSaved()
    {
        await using var world = Open();
        var deployment = Make("a1") with
        {
            State = DeploymentState.RolledBack, Step = 1, StepStarted = At.AddMinutes(1), Ended = At.AddMinutes(2), Champion = new DeploymentId("a0"), ChampionVersion = 1,
            IsForced = true, Reason = "it's \"urgent\"", Outcome = "error rate 30 %",
            Plan = new RolloutPlan([10, 50, 100], new CanaryRules { BakeTime = TimeSpan.FromSeconds(0.25), MaxErrorRate = 0.1 + 0.2, RequireLabels = true, Patience = TimeSpan.FromDays(3) }),
        };
        await SaveAsync(world, deployment);
        await world.RestartAsync();
        Text(world.Store.Find(deployment.Id)).ShouldBe(Text(deployment with { Revision = 1 }));
    }

    [Fact]
    public async Task Change_BasedOnAnOldRevision_IsAConflictAndKeepsNothing()
    {
        await using var world = Open();
        await SaveAsync(world, Make("a1"));
        var read = world.Store.Find(new DeploymentId("a1"))!;
        await SaveAsync(world, read.AtStep(1, At.AddMinutes(1)));
        var refused = await world.Store.SaveAsync(Change(read.Into(DeploymentState.Aborted, "late", At)) with { Verdict = Verdict("a1", 0, "late") }, default);
        refused.Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        var now = world.Store.Find(new DeploymentId("a1"))!;
        (now.State, now.Step, now.Revision).ShouldBe((DeploymentState.Rolling, 1, 2));
        world.Store.Verdicts(now.Id).ShouldBeEmpty();
        world.Events().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Change_OfTwoRows_IsAllOrNothing()
    {
        await using var world = Open();
        await SaveAsync(world, Make("a1") with { State = DeploymentState.Live });
        await SaveAsync(world, Make("a2"));
        var (live, candidate) = (world.Store.Find(new DeploymentId("a1"))!, world.Store.Find(new DeploymentId("a2"))!);
        var stale = candidate.Into(DeploymentState.Live, "", At) with { Revision = 7 };
        (await world.Store.SaveAsync(new DeploymentChange([live.Into(DeploymentState.Retired, "", At), stale], RolloutEvents.Start(stale)), default)).IsOk.ShouldBeFalse();
        world.Store.Find(live.Id)!.State.ShouldBe(DeploymentState.Live);

        var good = candidate.Into(DeploymentState.Live, "", At);
        (await world.Store.SaveAsync(new DeploymentChange([live.Into(DeploymentState.Retired, "", At), good], RolloutEvents.Start(good)), default)).IsOk.ShouldBeTrue();
        world.Store.InTraffic().ShouldHaveSingleItem().Id.ShouldBe(candidate.Id);
    }

    [Theory]
    [InlineData(DeploymentState.Rolling)]
    [InlineData(DeploymentState.Live)]
    public async Task Model_HasOneOfAKindInTraffic_OthersModelsAreTheirOwn(DeploymentState state)
    {
        await using var world = Open();
        await SaveAsync(world, Make("a1") with { State = state });
        (await world.Store.SaveAsync(Change(Make("a2") with { State = state }), default)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        await SaveAsync(world, Make("a3", "loans") with { State = state });
        world.Store.InTraffic().Select(deployment => deployment.Id.Value).ShouldBe(["a1", "a3"]);
        world.Events().Count.ShouldBe(2);
    }

    [Fact]
    public async Task List_FiltersAndPages_NewestFirst()
    {
        await using var world = Open();
        foreach (var index in Enumerable.Range(0, 7))
        {
            await SaveAsync(world, Make($"d{index}", index % 2 == 0 ? "churn" : "loans") with { State = DeploymentState.Retired });
        }

        world.Store.List(new DeploymentQuery { Limit = 3 }).Select(deployment => deployment.Id.Value).ShouldBe(["d6", "d5", "d4"]);
        world.Store.List(new DeploymentQuery { Limit = 3, Before = new DeploymentId("d4") }).Select(deployment => deployment.Id.Value).ShouldBe(["d3", "d2", "d1"]);
        world.Store.List(new DeploymentQuery { Model = "loans" }).Select(deployment => deployment.Id.Value).ShouldBe(["d5", "d3", "d1"]);
        world.Store.InTraffic().ShouldBeEmpty();
    }

    [Fact]
    public async Task Verdicts_OfADeployment_AreInTheOrderTheyWereGiven()
    {
        await using var world = Open();
        await SaveAsync(world, Make("a1"));
        var first = Verdict("a1", 0, "wait") with { At = At.AddHours(1) };
        await world.Store.RecordAsync(first, default);
        await world.Store.RecordAsync(Verdict("a1", 1, "more"), default);
        var read = world.Store.Verdicts(new DeploymentId("a1"));
        read.Select(given => given.Verdict.Reason).ShouldBe(["wait", "more"]);
        Text(read[0]).ShouldBe(Text(first));
        world.Store.Verdicts(new DeploymentId("none")).ShouldBeEmpty();
    }

    private static async Task SaveAsync(World world, Deployment deployment) => (await world.Store.SaveAsync(Change(deployment), default)).Problem.ShouldBeNull();

    private static DeploymentChange Change(Deployment deployment) => new([deployment], RolloutEvents.Start(deployment));

    private static Deployment Make(string id, string model = "churn") => new(new DeploymentId(id), model, 2, new RolloutPlan([10, 100], new CanaryRules()), World.Ada, At);

    private static RecordedVerdict Verdict(string id, int step, string reason) => new(
        new DeploymentId(id), At, step, 10,
        new CanaryVerdict(CanaryOutcome.Inconclusive, CanaryMove.Wait, reason, [new CanaryCheck("error_rate", CanaryOutcome.Pass, "fine", 0.1 + 0.2, null) { Low = 0, High = double.PositiveInfinity }]));

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, new JsonSerializerOptions { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals });
}

/// <summary>SQLite, the embedded default.</summary>
public sealed class SqliteDeploymentStoreTests : DeploymentStoreConformance
{
    private protected override World Open() => new();
}
