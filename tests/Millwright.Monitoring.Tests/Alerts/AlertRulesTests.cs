using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Drift;
using Millwright.Monitoring.Profile;
using Millwright.Monitoring.Scan;
using Millwright.Monitoring.Show;

namespace Millwright.Monitoring.Tests.Alerts;

public sealed class AlertRulesTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly AlertSurroundings Around = new(At, 2, Silenced: false, TimeProvider.System);

    [Fact]
    public void Message_OfManyColumns_NamesTheWorstAndHowManyMore()
    {
        var change = AlertRules.After(Window([.. Enumerable.Range(1, 19).Select(index => ($"column{index:00}", index / 10.0))]), [], Around).ShouldHaveSingleItem();
        change.Alert.Message.ShouldBe(
            "churn version 1: drift in column19 (psi 1.90, limit 0.20), column18 (psi 1.80, limit 0.20), column17 (psi 1.70, limit 0.20) and 16 more over 500 predictions");
        change.Alert.Columns.Length.ShouldBe(19, "the alert itself keeps every column");
        change.Alert.WorstFirst().First().Column.ShouldBe("column19");
    }

    [Fact]
    public void Message_OfFewColumns_NamesAll() => AlertRules.After(Window([("tenure", 0.5)]), [], Around).ShouldHaveSingleItem().Alert.Message
        .ShouldBe("churn version 1: drift in tenure (psi 0.50, limit 0.20) over 500 predictions");

    [Fact]
    public void Window_WithFurtherColumns_WidensTheAlertInsteadOfRaisingAnother()
    {
        var raised = AlertRules.After(Window([("tenure", 0.5)]), [], Around)[0].Alert;
        var change = AlertRules.After(Window([("tenure", 0.5), ("plan", 0.9)]), [raised], Around).ShouldHaveSingleItem();
        (change.Alert.Id, change.Alert.Windows, change.Notice).ShouldBe((raised.Id, 2, null));
        change.Events.ShouldHaveSingleItem().Kind.ShouldBe(AlertEvents.Widened);
        AlertRules.After(Window([("tenure", 0.5)]), [change.Alert], Around).ShouldHaveSingleItem().Events.ShouldBeEmpty("what is known is not told again");
    }

    [Fact]
    public void Window_OfOtherColumns_RaisesAnotherAlert()
    {
        var raised = AlertRules.After(Window([("tenure", 0.5)]), [], Around)[0].Alert;
        var changes = AlertRules.After(Window([("plan", 0.5)]), [raised], Around);
        changes.Select(change => (change.Alert.Id == raised.Id, change.Alert.Quiet, change.Notice)).ShouldBe([(true, 1, null), (false, 0, AlertEvents.Raised)]);
    }

    [Fact]
    public async Task Alert_AcrossRestarts_IsRaisedOnceAndAgainAfterRecovery()
    {
        await using var world = await new World().WithModelAsync();
        foreach (var seed in (int[])[1, 2, 3])
        {
            world.Predict(500, shift: 0.6, seed);
            await world.ScanAsync();
            await world.RestartAsync();
        }

        world.Get<IAlertStore>().Open("churn").ShouldHaveSingleItem().Windows.ShouldBe(3);
        world.Events(AlertEvents.Raised).Count.ShouldBe(1);
        world.Events(AlertEvents.DriftDetected).Count.ShouldBe(1);

        foreach (var seed in (int[])[4, 5])
        {
            world.Predict(500, seed: seed);
            await world.ScanAsync();
            await world.RestartAsync();
        }

        world.Get<IAlertStore>().Open("churn").ShouldBeEmpty();
        world.Predict(500, shift: 0.6, seed: 6);
        await world.ScanAsync();
        world.Get<IAlertStore>().Open("churn").ShouldHaveSingleItem().Windows.ShouldBe(1);
        world.Events(AlertEvents.Raised).Count.ShouldBe(2);
        world.Events(AlertEvents.DriftDetected).Count.ShouldBe(2, "a second retraining may start");
        world.Events(AlertEvents.Resolved).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Silence_TooLongOrNegative_IsAProblem()
    {
        await using var world = new World();
        foreach (var minutes in (double[])[0, -1, 31 * 24 * 60])
        {
            (await world.Get<SilenceAlerts>().RunAsync("churn", TimeSpan.FromMinutes(minutes), "", new Actor("ada"), default)).Problem!.Code.ShouldBe("silence.time");
        }

        world.Events(AlertEvents.Silenced).ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_UnknownModelVersionOrColumn_NamesTheNearest()
    {
        await using var world = await new World().WithModelAsync();
        var show = world.Get<ShowMonitor>();
        (await show.RunAsync("chrun", null, 1, default)).Problem!.Fix.ShouldStartWith("Did you mean 'churn'?");
        (await show.RunAsync("churn", 9, 1, default)).Problem!.ShouldSatisfyAllConditions(
            problem => problem.Kind.ShouldBe(ProblemKind.NotFound), problem => problem.Fix.ShouldBe("Choose one of 1."));
        MonitoringProblems.UnknownColumn((await show.RunAsync("churn", null, 1, default)).Value, "tenur").Fix.ShouldBe("Did you mean 'tenure'? Its columns are tenure, charges, contract.");
    }

    private static DriftWindow Window((string Column, double Psi)[] drifted) => new(
        "churn", 1, "d1", 1, At, At, "p", 500, ContentDigest.Sha256("m"),
        [.. drifted.Select(column => new ColumnDrift(
            column.Column, ColumnKind.Number, [new DriftScore("psi", column.Psi, 0, column.Psi, 0.2, true)], new ColumnTally([1], 0), new ColumnTally([1], 0)))]);
}
