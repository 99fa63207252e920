using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Cache;

namespace Millwright.Pipelines.Tests.Stores;

/// <summary>What every database under pipelines must do. A further database derives from it and opens itself.</summary>
public abstract class RunStoreConformance
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly ContentDigest Plan = ContentDigest.Sha256("plan");
    private static readonly JsonSerializerOptions Readable = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private protected abstract OpenRuns Open();

    [Fact]
    public async Task Run_AfterReopening_IsAsItWasSaved()
    {
        await using var open = Open();
        var run = Run("a1") with
        {
            State = RunState.Failed, FinishedAt = At.AddSeconds(1.5), Parameters = new JsonObject { ["depth"] = 6, ["name"] = "it's \"x\"" }, Commit = "c0ffee",
            Data = [ContentDigest.Sha256("d1"), ContentDigest.Sha256("d2")], Trigger = "cron:* * * * *@1",
            Problem = new Problem("step.failed", "It failed.", "Mend it.", ProblemKind.Refused).With([new ProblemDetail("because", "train.yaml", 3, "steps")]),
        };
        var step = Step("a1", "train") with
        {
            State = StepState.Succeeded, Attempts = 2, StartedAt = At, FinishedAt = At.AddSeconds(1), Facets = Facets("train"), Why = "code changed", MadeBy = "a0",
            Outputs = ImmutableSortedDictionary<string, ContentDigest>.Empty.Add("model", ContentDigest.Sha256("m")),
            Report = new RunReport([new("auc", 0.1 + 0.2, 3, At), new("nan", double.NaN, 0, At)], Map(("p", "1")), Map(("t", "v"))),
            Problem = new Problem("a", "b", "c"),
        };
        (await open.Runs.SaveAsync(new RunChange { Run = run, Plan = """{"steps": []}""", Steps = [step, Step("a1", "early") with { Ordinal = -1 }] }, default)).ShouldBeTrue();

        await open.ReopenAsync();
        Text(await open.Runs.FindAsync("a1", default)).ShouldBe(Text(run));
        var steps = await open.Runs.StepsAsync("a1", default);
        steps.Select(read => read.Step).ShouldBe(["early", "train"], "in the order of the plan");
        Text(steps[1]).ShouldBe(Text(step));
        (await open.Runs.FindPlanAsync(Plan, default)).ShouldBe("""{"steps": []}""");
        (await open.Runs.FindPlanAsync(ContentDigest.Sha256("other"), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Run_SavedAgain_TakesItsNewStateAndKeepsItsBeginning()
    {
        await using var open = Open();
        await StartAsync(open, "a1");
        await open.Runs.SaveAsync(new RunChange { Run = Run("a1") with { State = RunState.Succeeded, FinishedAt = At.AddMinutes(1) }, Steps = [Step("a1", "train") with { State = StepState.Cached, Why = "hit" }] }, default);
        var read = (await open.Runs.FindAsync("a1", default)).ShouldNotBeNull();
        (read.State, read.FinishedAt, read.StartedAt).ShouldBe((RunState.Succeeded, At.AddMinutes(1), At));
        (await open.Runs.StepsAsync("a1", default)).ShouldHaveSingleItem().State.ShouldBe(StepState.Cached);
    }

    [Fact]
    public async Task Find_ByTheBeginningOfAnId_FindsTheOnlyOne()
    {
        await using var open = Open();
        foreach (var id in (string[])["ab1", "ab12", "cd1"])
        {
            await StartAsync(open, id);
        }

        (await open.Runs.FindAsync("c", default))!.Id.ShouldBe("cd1");
        (await open.Runs.FindAsync("ab", default)).ShouldBeNull("two begin so");
        (await open.Runs.FindAsync("ab1", default))!.Id.ShouldBe("ab1", "one is called exactly so");
        (await open.Runs.FindAsync("x", default)).ShouldBeNull();
    }

    [Fact]
    public async Task List_FiltersAndPages_NewestFirst()
    {
        await using var open = Open();
        foreach (var index in Enumerable.Range(0, 7))
        {
            await StartAsync(open, $"r{index}", index % 2 == 0 ? "train" : "score");
        }

        await open.Runs.SaveAsync(new RunChange { Run = Run("r4", "train") with { State = RunState.Succeeded } }, default);
        var first = await open.Runs.ListAsync(new RunQuery { Limit = 3 }, default);
        first.Select(run => run.Id).ShouldBe(["r6", "r5", "r4"]);
        (await open.Runs.ListAsync(new RunQuery { Limit = 3, Before = first[^1].Id }, default)).Select(run => run.Id).ShouldBe(["r3", "r2", "r1"]);
        (await open.Runs.ListAsync(new RunQuery { Pipeline = "train" }, default)).Select(run => run.Id).ShouldBe(["r6", "r4", "r2", "r0"]);
        (await open.Runs.ListAsync(new RunQuery { Pipeline = "train", State = RunState.Succeeded }, default)).Select(run => run.Id).ShouldBe(["r4"]);
    }

    [Fact]
    public async Task Trigger_ManyAtOnce_StartsAPipelineOnce()
    {
        await using var open = Open();
        var saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(() => open.Runs.SaveAsync(
            new RunChange { Run = Run($"t{index:00}") with { Trigger = "event:drift.detected#7" }, Plan = "{}", Ledger = [Draft()] }, default))));
        saved.Count(done => done).ShouldBe(1);
        (await open.Runs.ListAsync(new RunQuery(), default)).Count.ShouldBe(1);
        open.LedgerKinds.ShouldBe(["test.started"], "what was refused has left no event");

        (await open.Runs.SaveAsync(new RunChange { Run = Run("other", "score") with { Trigger = "event:drift.detected#7" }, Plan = "{}" }, default)).ShouldBeTrue("another pipeline may start");
        (await open.Runs.SaveAsync(new RunChange { Run = Run("m1"), Plan = "{}" }, default)).ShouldBeTrue();
        (await open.Runs.SaveAsync(new RunChange { Run = Run("m2"), Plan = "{}" }, default)).ShouldBeTrue("a person may start it as often as they like");
    }

    [Fact]
    public async Task Change_ThatBreaksARule_KeepsNothingOfIt()
    {
        await using var open = Open();
        await StartAsync(open, "a1");
        var twice = new RunEvent("a1", 1, At, RunEventKind.RunStarted);
        await Should.ThrowAsync<Exception>(() => open.Runs.SaveAsync(
            new RunChange { Run = Run("a1") with { State = RunState.Failed }, Steps = [Step("a1", "late")], Events = [twice, twice], Ledger = [Draft()] }, default));
        (await open.Runs.FindAsync("a1", default))!.State.ShouldBe(RunState.Running);
        (await open.Runs.StepsAsync("a1", default)).ShouldBeEmpty();
        (await open.Runs.EventsAsync("a1", 0, default)).ShouldBeEmpty();
        open.LedgerKinds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_AfterAPosition_AreInOrder()
    {
        await using var open = Open();
        await StartAsync(open, "a1");
        await open.Runs.SaveAsync(new RunChange
        {
            Events =
            [
                new("a1", 9, At.AddSeconds(3), RunEventKind.StepFinished) { Step = "train", StepState = StepState.Failed, Text = "no", Attempt = 2, Duration = TimeSpan.FromSeconds(1.25) },
                new("a1", 4, At, RunEventKind.RunStarted) { RunState = RunState.Running },
            ],
        }, default);

        // An interrupted run's last event does not know how many there were.
        await open.Runs.SaveAsync(new RunChange { Events = [new("a1", long.MaxValue, At.AddSeconds(4), RunEventKind.RunFinished) { RunState = RunState.Interrupted }] }, default);
        (await open.Runs.EventsAsync("a1", 0, default)).Select(happened => happened.Seq).ShouldBe([4, 9, 10]);
        var later = await open.Runs.EventsAsync("a1", 4, default);
        (later[0].StepState, later[0].RunState, later[0].Text, later[0].Attempt, later[0].Duration).ShouldBe((StepState.Failed, null, "no", 2, TimeSpan.FromSeconds(1.25)));
        (later[1].StepState, later[1].RunState).ShouldBe((null, RunState.Interrupted));
    }

    [Fact]
    public async Task Cached_ByContentKey_IsTheNewestThatSucceeded()
    {
        await using var open = Open();
        foreach (var (id, state, seconds) in new[] { ("a1", StepState.Succeeded, 1), ("a2", StepState.Succeeded, 9), ("a3", StepState.Failed, 20), ("a4", StepState.Cached, 30) })
        {
            await StartAsync(open, id);
            await open.Runs.SaveAsync(new RunChange
            {
                Steps =
                [
                    Step(id, "train") with
                    {
                        State = state, Facets = Facets("train"), FinishedAt = At.AddSeconds(seconds),
                        Outputs = ImmutableSortedDictionary<string, ContentDigest>.Empty.Add("model", ContentDigest.Sha256(id)),
                    },
                ],
            }, default);
        }

        var hit = (await open.Runs.FindCachedAsync(Facets("train").Key(), default)).ShouldNotBeNull();
        hit.RunId.ShouldBe("a2");
        hit.Outputs["model"].ShouldBe(ContentDigest.Sha256("a2"));
        (await open.Runs.FindCachedAsync(Facets("other").Key(), default)).ShouldBeNull();
        (await open.Runs.FindLastAsync("train", "train", "a4", default))!.RunId.ShouldBe("a3");
        (await open.Runs.FindLastAsync("score", "train", "", default)).ShouldBeNull();
    }

    private static async Task StartAsync(OpenRuns open, string id, string pipeline = "train") =>
        (await open.Runs.SaveAsync(new RunChange { Run = Run(id, pipeline), Plan = "{}" }, default)).ShouldBeTrue();

    private static RunRecord Run(string id, string pipeline = "train") => new(id, pipeline, Plan, $"pipelines/{pipeline}.yaml", new Actor("ada"), At);

    private static StepRecord Step(string run, string name) => new(run, name, 0);

    private static StepFacets Facets(string work) => new(work, Map(("data", "sha256:00")), Map(("depth", "6")), Map(("model", "model")));

    private static LedgerDraft Draft() => new(Actor.System, "test.started", Subject.Run("any"));

    private static ImmutableSortedDictionary<string, string> Map(params (string Key, string Value)[] entries) =>
        entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Readable);
}

/// <summary>SQLite, the embedded default.</summary>
public sealed class SqliteRunStoreTests : RunStoreConformance
{
    private protected override OpenRuns Open() => new();
}
