using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Serving;
using Millwright.Client.Delivery;
using Millwright.Client.Monitoring;
using Millwright.Delivery;
using Millwright.Delivery.Judge;

namespace Millwright.Web.Tests;

/// <summary>What happened in production: a live version, one that was rolled back, and customers who changed.</summary>
public static class LiveSeeds
{
    /// <summary>Why the bad version was taken back.</summary>
    public const string RollbackReason = "error rate 12.0 % of 240 requests, above the limit of 5 %";

    private static readonly string[] Columns = ["tenure", "MonthlyCharges", "Contract"];

    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(RunningProject project)
    {
        var champion = await DeployAsync(project);
        using var ada = project.ActAs("ada");
        await ada.Deployments.ReconcileAsync(CancellationToken.None);
        await PredictAsync(project, champion);
        await ada.Monitoring.ScanAsync(CancellationToken.None);
        var alerts = await ada.Monitoring.AlertsAsync(null, withResolved: true, 10, CancellationToken.None);
        alerts.ShouldNotBeEmpty("the shifted customers are drift");
        project.Known["alert"] = alerts[0].Id;
    }

    /// <summary>A row of training data or of a request: usual customers, or dearer ones on shorter contracts.</summary>
    public static object?[] Row(Random random, bool shifted) =>
    [
        Math.Round(random.NextDouble() * (shifted ? 20 : 72)),
        Math.Round(20 + random.NextDouble() * 100 + (shifted ? 45 : 0), 2),
        random.NextDouble() < (shifted ? 0.95 : 0.5) ? "Month-to-month" : random.NextDouble() < 0.5 ? "One year" : "Two year",
    ];

    private static async Task<string> DeployAsync(RunningProject project)
    {
        var store = project.Services.GetRequiredService<IDeploymentStore>();
        var clock = TimeProvider.System;
        var now = clock.GetUtcNow();
        var plan = new RolloutPlan([10, 50, 100], new CanaryRules());
        var live = new Deployment(DeploymentId.Next(clock), "churn", 1, plan, new Actor("grace"), now.AddHours(-30))
        {
            State = DeploymentState.Live, Step = 2, Outcome = "The model's first version.",
        };
        await SaveAsync(store, live, null, []);
        var bad = new Deployment(DeploymentId.Next(clock), "churn", 2, plan, new Actor("ada"), now.AddMinutes(-40))
        {
            Champion = live.Id, ChampionVersion = 1, IsForced = true, Reason = "Looks fine on my machine.",
        };
        RecordedVerdict[] verdicts =
        [
            .. Enumerable.Range(0, 8).Select(minute => new RecordedVerdict(
                bad.Id, now.AddMinutes(minute - 38), 0, 10, Verdict(CanaryOutcome.Inconclusive, CanaryMove.Wait, "Too few requests yet.", 0.01 * minute, 30 * minute))),
            new(bad.Id, now.AddMinutes(-30), 0, 10, Verdict(CanaryOutcome.Fail, CanaryMove.RollBack, RollbackReason, 0.12, 240)),
        ];
        await SaveAsync(store, bad.Into(DeploymentState.RolledBack, RollbackReason, now.AddMinutes(-30)), RolloutEvents.RolledBack, verdicts);
        project.Known["live"] = live.Id.Value;
        project.Known["bad"] = bad.Id.Value;
        return live.Id.Value;
    }

    private static CanaryVerdict Verdict(CanaryOutcome outcome, CanaryMove move, string reason, double errors, int requests) => new(
        outcome, move, reason,
        [
            new CanaryCheck("sample", requests < 200 ? CanaryOutcome.Inconclusive : CanaryOutcome.Pass, $"{requests} of 200 requests.", requests, 200),
            new CanaryCheck("error_rate", outcome, $"{errors:P1} of requests failed.", errors, 0.05) { Low = Math.Max(0, errors - 0.03), High = errors + 0.04 },
            new CanaryCheck("latency_p99", CanaryOutcome.Pass, "p99 is 1.1 times the champion's.", 1.1, 1.5),
        ]);

    private static async Task SaveAsync(IDeploymentStore store, Deployment deployment, string? kind, IReadOnlyList<RecordedVerdict> verdicts)
    {
        var started = new LedgerDraft(deployment.Actor, kind ?? RolloutEvents.Started, deployment.Id.Subject) { Inputs = [Subject.Model(deployment.Model, deployment.Version)] };
        (await store.SaveAsync(new DeploymentChange([deployment], started), CancellationToken.None)).Problem.ShouldBeNull();
        foreach (var verdict in verdicts)
        {
            await store.RecordAsync(verdict, CancellationToken.None);
        }
    }

    private static async Task PredictAsync(RunningProject project, string deployment)
    {
        var log = project.Services.GetRequiredService<IPredictionLog>();
        var random = new Random(11);
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-20);
        for (var at = 0; at < 1000; at++)
        {
            var time = start.AddSeconds(at);
            var id = NewId.Next(new FixedClock(time));
            log.Append(new Prediction(id, time, "churn", 1, deployment, Columns, Row(random, shifted: at >= 600), random.NextDouble()));
            project.Known["prediction"] = id;
        }

        await log.FlushAsync(CancellationToken.None);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
