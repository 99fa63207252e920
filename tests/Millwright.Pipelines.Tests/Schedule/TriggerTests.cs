using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Pipelines.List;
using Millwright.Pipelines.Schedule;

namespace Millwright.Pipelines.Tests.Schedule;

public sealed class TriggerTests
{
    [Fact]
    public async Task Event_ThatAPipelineWaitsFor_StartsItOnce()
    {
        await using var project = await PipelineProject.OpenAsync();
        await project.CloseAsync();
        project.Write("pipelines/p.yaml", "on: [{event: drift.detected, subject: 'model:churn'}]\nsteps: [{name: s, run: 'true'}]");
        await project.OpenAsync(triggers: true);
        var writer = project.Services.GetRequiredService<ILedgerWriter>();
        var drift = new LedgerDraft(Actor.System, "drift.detected", Subject.Model("churn", 3)) { Body = new JsonObject { ["column"] = "tenure" } };
        var appended = await writer.AppendAsync([drift with { Subject = Subject.Model("other", 1) }, drift], CancellationToken.None);
        // Handed over a second time by hand, as after a crash.
        var subscriber = project.Services.GetServices<ILedgerSubscriber>().Single(candidate => candidate.Name == "pipelines.triggers");
        await subscriber.HandleAsync(appended[1], CancellationToken.None);
        await subscriber.HandleAsync(appended[1], CancellationToken.None);
        var run = (await project.Services.GetRequiredService<ListRuns>().RunAsync(new RunQuery(), CancellationToken.None)).ShouldHaveSingleItem();
        run.Trigger.ShouldBe("event:drift.detected#2");
        (await project.WaitAsync(run.Id)).Run.State.ShouldBe(RunState.Succeeded);
    }

    [Fact]
    public async Task Event_OlderThanThePipeline_StartsNothing()
    {
        await using var project = await PipelineProject.OpenAsync();
        await project.Services.GetRequiredService<ILedgerWriter>().AppendAsync([new LedgerDraft(Actor.System, "drift.detected", Subject.Model("churn", 3))], CancellationToken.None);
        await project.CloseAsync();
        project.Write("pipelines/p.yaml", "on: [{event: drift.detected}]\nsteps: [{name: s, run: 'true'}]");
        await project.OpenAsync(triggers: true);
        var happened = project.Services.GetRequiredService<Millwright.Ledger.ILedgerStore>().Read(new Millwright.Ledger.LedgerQuery { Limit = 1 })[0];
        await project.Services.GetServices<ILedgerSubscriber>().Single(candidate => candidate.Name == "pipelines.triggers").HandleAsync(happened, CancellationToken.None);
        (await project.Services.GetRequiredService<ListRuns>().RunAsync(new RunQuery(), CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Schedule_EverySecond_StartsRuns()
    {
        await using var project = await PipelineProject.OpenAsync();
        await project.CloseAsync();
        project.Write("pipelines/p.yaml", "on: [{cron: '* * * * * *'}]\nsteps: [{name: s, run: 'true'}]");
        await project.OpenAsync(triggers: true);
        var list = project.Services.GetRequiredService<ListRuns>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        IReadOnlyList<RunRecord> runs;
        do
        {
            await Task.Delay(20, limit.Token);
            runs = await list.RunAsync(new RunQuery(), limit.Token);
        }
        while (runs.Count < 2);

        runs.ShouldAllBe(run => run.Trigger.StartsWith("cron:* * * * * *@"));
        runs.Select(run => run.Trigger).ShouldBeUnique();
    }

    [Fact]
    public void NextTimes_OfAnExpression_AreInItsZone()
    {
        var times = new NextTimes(TimeProvider.System).Run("30 2 * * *", "Europe/Berlin", 2, new DateTimeOffset(2024, 3, 30, 12, 0, 0, TimeSpan.Zero)).Value;
        times.Select(time => time.ToString("yyyy-MM-dd HH:mm zzz")).ShouldBe(["2024-03-31 03:30 +02:00", "2024-04-01 02:30 +02:00"]);
        new NextTimes(TimeProvider.System).Run("30 2 * *", "UTC", 1).Problem!.Code.ShouldBe("cron.invalid");
        new NextTimes(TimeProvider.System).Run("30 2 * * *", "Mars", 1).Problem!.Code.ShouldBe("cron.time-zone");
    }
}
