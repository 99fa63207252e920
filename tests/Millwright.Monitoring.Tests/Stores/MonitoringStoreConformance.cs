using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Drift;
using Millwright.Monitoring.Labels;
using Millwright.Monitoring.Profile;
using Millwright.Monitoring.Scan;

namespace Millwright.Monitoring.Tests.Stores;

/// <summary>What every database under monitoring must do. A further database derives from it and opens itself.</summary>
public abstract class MonitoringStoreConformance
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly Actor Ada = new("ada");

    private protected abstract World Open();

    [Fact]
    public async Task Window_AfterReopening_IsAsItWasSaved()
    {
        await using var world = Open();
        var window = Window(1) with
        {
            Columns = [new ColumnDrift("tenure", ColumnKind.Number, [new DriftScore("psi", 0.1 + 0.2, 0, double.PositiveInfinity, 0.2, true)], new ColumnTally([1, 2], 3), new ColumnTally([4, 5], 6))],
        };
        (await Monitors(world).SaveAsync(window, [], default)).ShouldBeTrue();
        await world.RestartAsync();
        Text(Monitors(world).Windows("churn", 1, 10).ShouldHaveSingleItem()).ShouldBe(Text(window));
        Monitors(world).Cursor("churn", 1).ShouldBe(new WindowCursor(1, window.To, window.LastId));
        Monitors(world).Cursor("churn", 2).ShouldBe(WindowCursor.Start);
        Monitors(world).Models().ShouldBe(["churn"]);
        Monitors(world).Versions("churn").ShouldBe([1]);
    }

    [Fact]
    public async Task Window_SavedTwice_IsOneWithOneAlertAndOneEvent()
    {
        await using var world = Open();
        var change = new AlertChange(Alert("x1"), [Draft(AlertEvents.Raised)], AlertEvents.Raised);
        (await Monitors(world).SaveAsync(Window(1), [change], default)).ShouldBeTrue();
        var again = change with { Alert = Alert("x2") };
        (await Monitors(world).SaveAsync(Window(1) with { Predictions = 7 }, [again], default)).ShouldBeFalse();
        Monitors(world).Windows("churn", 1, 10).ShouldHaveSingleItem().Predictions.ShouldBe(500);
        Alerts(world).Open("churn").ShouldHaveSingleItem().Id.ShouldBe("x1");
        world.Events(AlertEvents.Raised).Count.ShouldBe(1);
        Alerts(world).Due(At.AddYears(10), 10).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Windows_OfAVersion_AreNewestFirst()
    {
        await using var world = Open();
        foreach (var number in Enumerable.Range(1, 12))
        {
            await Monitors(world).SaveAsync(Window(number), [], default);
        }

        await Monitors(world).SaveAsync(Window(1) with { Version = 2 }, [], default);
        Monitors(world).Windows("churn", 1, 3).Select(window => window.Number).ShouldBe([12, 11, 10]);
        Monitors(world).Versions("churn").ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Alert_AcknowledgedMeanwhile_IsNotReopenedByAWindow()
    {
        await using var world = Open();
        await Alerts(world).SaveAsync(new AlertChange(Alert("x1"), []), default);
        (await Alerts(world).AcknowledgeAsync("x1", Ada, "mine", At, default)).Value.State.ShouldBe(AlertState.Acknowledged);
        await Alerts(world).SaveAsync(new AlertChange(Alert("x1") with { Windows = 5, Message = "again" }, []), default);
        var read = Alerts(world).Find("x1")!;
        (read.State, read.Note, read.Windows, read.Message, read.AcknowledgedBy).ShouldBe((AlertState.Acknowledged, "mine", 5, "again", Ada));

        await Alerts(world).SaveAsync(new AlertChange(Alert("x1") with { State = AlertState.Resolved, Resolved = At.AddHours(1), Note = "over" }, []), default);
        Alerts(world).Open("churn").ShouldBeEmpty();
        (await Alerts(world).AcknowledgeAsync("x1", Ada, "", At, default)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        Alerts(world).List(new AlertQuery()).ShouldBeEmpty();
        Alerts(world).List(new AlertQuery { WithResolved = true }).ShouldHaveSingleItem().Note.ShouldBe("over");
    }

    [Fact]
    public async Task Notices_AreDueUntilTheyAreTaken()
    {
        await using var world = Open();
        await Alerts(world).SaveAsync(new AlertChange(Alert("x1"), [Draft(AlertEvents.Raised)], AlertEvents.Raised), default);
        var now = world.Time.GetUtcNow();
        var notice = Alerts(world).Due(now, 10).ShouldHaveSingleItem();
        await Alerts(world).FailedAsync(notice, [], "down", now.AddMinutes(1), default);
        Alerts(world).Due(now.AddSeconds(59), 10).ShouldBeEmpty();
        var again = Alerts(world).Due(now.AddMinutes(1), 10).ShouldHaveSingleItem();
        (again.Id, again.Payload, again.Attempts).ShouldBe((notice.Id, notice.Payload, 1));
        await Alerts(world).SentAsync(again, now, default);
        Alerts(world).Due(now.AddYears(1), 10).ShouldBeEmpty();
    }

    [Fact]
    public async Task Silence_SetAgain_HoldsUntilTheNewTime()
    {
        await using var world = Open();
        await Alerts(world).SilenceAsync("churn", At.AddHours(1), Draft(AlertEvents.Silenced), default);
        await Alerts(world).SilenceAsync("churn", At.AddMinutes(1), Draft(AlertEvents.Silenced), default);
        Alerts(world).IsSilenced("churn", At).ShouldBeTrue();
        Alerts(world).IsSilenced("churn", At.AddMinutes(2)).ShouldBeFalse();
        Alerts(world).IsSilenced("loans", At).ShouldBeFalse();
    }

    [Fact]
    public async Task Labels_LaterOneWins_AndFiltersHold()
    {
        await using var world = Open();
        var labels = world.Get<ILabelStore>();
        (await labels.SaveAsync([Label("p1", 1), Label("p2", 0), Label("p3", 1) with { Deployment = "d2" }], Ada, default)).ShouldBe(3);
        (await labels.SaveAsync([Label("p1", 1), Label("p2", 1)], Ada, default)).ShouldBe(1, "one stood so already");
        labels.Read("churn", 1, null, DateTimeOffset.UnixEpoch).Labels.ShouldBe([1, 1, 1]);
        labels.Read("churn", 1, "d1", DateTimeOffset.UnixEpoch).Labels.Count.ShouldBe(2);
        labels.Read("churn", 1, null, At.AddSeconds(1)).Labels.ShouldBeEmpty();
        labels.Read("churn", 2, null, DateTimeOffset.UnixEpoch).Labels.ShouldBeEmpty();
        world.Events("labels.recorded").Count.ShouldBe(2);
    }

    private static IMonitorStore Monitors(World world) => world.Get<IMonitorStore>();

    private static IAlertStore Alerts(World world) => world.Get<IAlertStore>();

    private static DriftWindow Window(int number) => new("churn", 1, "d1", number, At, At.AddMinutes(number), $"p{number}", 500, ContentDigest.Sha256("m"), []);

    private static Alert Alert(string id) => new(id, "churn", 1, AlertRules.Drift, [new AlertColumn("tenure", new DriftScore("psi", 1, 0, 1, 0.2, true))], At);

    private static LabelledPrediction Label(string id, int label) => new(id, label, At, "churn", 1, "d1", At, 0.5);

    private static LedgerDraft Draft(string kind) => new(Actor.System, kind, Subject.Alert("x1"));

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals });
}

/// <summary>SQLite, the embedded default.</summary>
public sealed class SqliteMonitoringStoreTests : MonitoringStoreConformance
{
    private protected override World Open() => new();
}
