using Millwright.Abstractions.Identity;
using Millwright.Ledger;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Show;

namespace Millwright.Monitoring.Tests.Scan;

public sealed class ScanForDriftTests
{
    [Fact]
    public async Task Scan_UsualTraffic_JudgesWindowsAndRaisesNothing()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(1_700);
        (await world.ScanAsync()).Select(window => (window.Number, window.Predictions)).ShouldBe([(1, 500), (2, 500), (3, 500)]);
        (await world.ScanAsync()).ShouldBeEmpty();
        world.Get<IAlertStore>().Open("churn").ShouldBeEmpty();
    }

    [Fact]
    public async Task Scan_ShiftedTraffic_RaisesOneAlertForManyWindows()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(500);
        world.Predict(500, shift: 0.6);
        await world.ScanAsync();
        var alert = world.Get<IAlertStore>().Open("churn").ShouldHaveSingleItem();
        alert.Columns.Select(column => column.Column).ShouldBe(["charges", "contract", "tenure"]);
        world.Predict(1_500, shift: 0.6, seed: 3);
        await world.ScanAsync();
        world.Get<IAlertStore>().Open("churn").ShouldHaveSingleItem().Windows.ShouldBe(4);
        world.Events("drift.detected").Count.ShouldBe(1);
        world.Events("alert.raised").Count.ShouldBe(1);
        var facts = world.Get<ILedgerStore>().Read(new LedgerQuery { Kind = "drift.detected", Limit = 1 })[0];
        facts.Subject.ToString().ShouldBe("model:churn");
        facts.Inputs.ShouldBe([Subject.Model("churn", 1)]);
        facts.Facts()["version"]!.GetValue<int>().ShouldBe(1);
        facts.Facts()["columns"]!.AsArray().Count.ShouldBe(3);
        facts.Facts()["window"]!["predictions"]!.GetValue<long>().ShouldBe(500);
    }

    [Fact]
    public async Task Scan_TrafficUsualAgain_ResolvesTheAlert()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(500, shift: 0.6);
        world.Predict(500);
        await world.ScanAsync();
        world.Get<IAlertStore>().Open("churn").ShouldHaveSingleItem().Quiet.ShouldBe(1);
        world.Predict(500, seed: 9);
        await world.ScanAsync();
        world.Get<IAlertStore>().Open("churn").ShouldBeEmpty();
        world.Get<ListAlerts>().Run(new AlertQuery { WithResolved = true }).ShouldHaveSingleItem().Note.ShouldBe("no drift in 2 windows in a row");
        world.Events("alert.resolved").Count.ShouldBe(1);
        world.Predict(500, shift: 0.6, seed: 10);
        await world.ScanAsync();
        world.Events("alert.raised").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Scan_ThinTraffic_IsJudgedByTime()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(150);
        (await world.ScanAsync()).ShouldBeEmpty();
        world.Time.Advance(TimeSpan.FromMinutes(5));
        (await world.ScanAsync()).ShouldHaveSingleItem().Predictions.ShouldBe(150);
    }

    [Fact]
    public async Task Scan_Restart_GoesOnAfterTheLastWindow()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(700);
        await world.ScanAsync();
        await world.RestartAsync();
        world.Predict(300);
        var window = (await world.ScanAsync()).ShouldHaveSingleItem();
        (window.Number, window.Predictions).ShouldBe((2, 500));
    }

    [Fact]
    public async Task Scan_VersionRetired_EndsItsAlert()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(500, shift: 0.6);
        await world.ScanAsync();
        world.Traffic.Version = 2;
        await world.ScanAsync();
        world.Get<IAlertStore>().Open("churn").ShouldBeEmpty();
    }

    [Fact]
    public async Task Scan_NoProfile_SaysSoInsteadOfFailing()
    {
        await using var world = new World();
        world.Predict(600);
        (await world.ScanAsync()).ShouldBeEmpty();
        (await world.Get<ShowMonitor>().ListAsync(default)).ShouldHaveSingleItem().Problem!.Code.ShouldBe("monitor.no_reference");
    }

    [Fact]
    public async Task Acknowledge_AlertThatGoesOn_StaysAcknowledged()
    {
        await using var world = await new World().WithModelAsync();
        world.Predict(500, shift: 0.6);
        await world.ScanAsync();
        var alert = world.Get<IAlertStore>().Open("churn")[0];
        (await world.Get<AcknowledgeAlert>().RunAsync(alert.Id, "retraining", new Actor("ada"), default)).Value.AcknowledgedBy!.Value.Name.ShouldBe("ada");
        world.Predict(500, shift: 0.6, seed: 2);
        await world.ScanAsync();
        var still = world.Get<IAlertStore>().Find(alert.Id)!;
        (still.State, still.Note, still.Windows).ShouldBe((AlertState.Acknowledged, "retraining", 2));
        (await world.Get<AcknowledgeAlert>().RunAsync("none", "", new Actor("ada"), default)).Problem!.Code.ShouldBe("alert.unknown");
    }
}
