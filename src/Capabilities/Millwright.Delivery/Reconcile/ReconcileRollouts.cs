using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Judge;
using Millwright.Delivery.Route;

namespace Millwright.Delivery.Reconcile;

/// <summary>
/// Brings every rollout under way one move further where its evidence allows. Idempotent: what it does follows from the store and the
/// evidence alone, and a change that somebody else was quicker with is dropped. A restart goes on where the store says.
/// </summary>
public sealed class ReconcileRollouts
{
    private readonly IDeploymentStore _store;
    private readonly GatherEvidence _gather;
    private readonly IModelCatalog _catalog;
    private readonly IServingStatistics _statistics;
    private readonly RolloutSurroundings _around;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<DeploymentId, RecordedVerdict> _recorded = [];

    internal ReconcileRollouts(IDeploymentStore store, GatherEvidence gather, IModelCatalog catalog, IServingStatistics statistics, RolloutSurroundings around) =>
        (_store, _gather, _catalog, _statistics, _around) = (store, gather, catalog, statistics, around);

    /// <summary>Looks at every rollout once; returns how many moved.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var moved = 0;
            _around.Split.Refresh(_store);
            foreach (var deployment in _store.InTraffic().Where(deployment => deployment.State is DeploymentState.Rolling))
            {
                moved += await MoveAsync(deployment, ct) ? 1 : 0;
            }

            return moved;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Routes traffic as the store says and counts a deployment's and its champion's requests anew.</summary>
    internal void TrafficChanged(Deployment deployment)
    {
        _statistics.Reset(deployment.Id.Value, deployment.Version);
        if (deployment is { Champion: { } champion, ChampionVersion: { } version })
        {
            _statistics.Reset(champion.Value, version);
        }

        _around.Split.Refresh(_store);
    }

    private async Task<bool> MoveAsync(Deployment deployment, CancellationToken ct)
    {
        var verdict = JudgeCanary.Run(deployment.Plan.Rules, await _gather.RunAsync(deployment, ct));
        switch (verdict.Move)
        {
            case CanaryMove.Advance:
                var next = deployment.AtStep(deployment.Step + 1, _around.Clock.GetUtcNow());
                return await SaveAsync(deployment, [next], next, RolloutEvents.Advanced, verdict, ct);
            case CanaryMove.Promote:
                return await PromoteAsync(deployment, verdict, ct);
            case CanaryMove.RollBack:
                var back = deployment.Into(DeploymentState.RolledBack, verdict.Reason, _around.Clock.GetUtcNow());
                if (await SaveAsync(deployment, [back], back, RolloutEvents.RolledBack, verdict, ct))
                {
                    Log.RolledBack(_around.Log, deployment.Id, deployment.Model, deployment.Version, deployment.Percent, verdict.Reason);
                    return true;
                }

                return false;
            default:
                await RecordAsync(Recorded(deployment, verdict), ct);
                return false;
        }
    }

    private async Task<bool> PromoteAsync(Deployment deployment, CanaryVerdict verdict, CancellationToken ct)
    {
        var outcome = verdict.Reason;
        if (await MoveStageAsync(deployment, ct) is { } refused)
        {
            if (!deployment.IsForced)
            {
                var waiting = verdict with { Move = CanaryMove.Wait, Reason = $"passed, but the registry refuses the promotion: {refused.Message}" };
                await RecordAsync(Recorded(deployment, waiting), ct);
                return false;
            }

            outcome = $"{verdict.Reason}; forced, the stage was not moved: {refused.Message}";
        }

        var now = _around.Clock.GetUtcNow();
        var live = deployment.Into(DeploymentState.Live, outcome, now);
        var former = deployment.Champion is { } champion && _store.Find(champion) is { State: DeploymentState.Live } before
            ? [before.Into(DeploymentState.Retired, $"version {deployment.Version} took its place", now)]
            : Array.Empty<Deployment>();
        // The former champion leaves first, for a model has one live deployment at a time.
        return await SaveAsync(deployment, [.. former, live], live, RolloutEvents.Promoted, verdict with { Reason = outcome }, ct);
    }

    private async Task<Problem?> MoveStageAsync(Deployment deployment, CancellationToken ct)
    {
        var version = deployment.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!(await _catalog.FindAsync(deployment.Model, version, ct)).TryGet(out var model, out var problem))
        {
            return problem;
        }

        // Already there after a crash between the registry's transaction and ours.
        return model.Stage is "production"
            ? null
            : (await _catalog.PromoteAsync(deployment.Model, deployment.Version, "production", Actor.System, $"canary passed (deployment {deployment.Id})", ct)).Problem;
    }

    private async Task<bool> SaveAsync(
        Deployment before, IReadOnlyList<Deployment> rows, Deployment after, string kind, CanaryVerdict verdict, CancellationToken ct)
    {
        var change = new DeploymentChange(rows, RolloutEvents.Move(kind, Actor.System, after, verdict.Reason, verdict)) { Verdict = Recorded(before, verdict) };
        if (!(await _store.SaveAsync(change, ct)).IsOk)
        {
            return false;
        }

        _recorded.Remove(before.Id);
        TrafficChanged(after);
        _around.Meters.Moved(kind, after);
        return true;
    }

    private RecordedVerdict Recorded(Deployment deployment, CanaryVerdict verdict) =>
        new(deployment.Id, _around.Clock.GetUtcNow(), deployment.Step, deployment.Percent, verdict);

    // A verdict that says what the last one said is kept only now and then.
    private async Task RecordAsync(RecordedVerdict verdict, CancellationToken ct)
    {
        if (_recorded.TryGetValue(verdict.Deployment, out var last)
            && last.Step == verdict.Step
            && verdict.At - last.At < _around.Options.Value.VerdictInterval
            && Says(last).SequenceEqual(Says(verdict)))
        {
            return;
        }

        await _store.RecordAsync(verdict, ct);
        _recorded[verdict.Deployment] = verdict;

        static IEnumerable<(string, CanaryOutcome)> Says(RecordedVerdict given) => given.Verdict.Checks.Select(check => (check.Name, check.Outcome));
    }
}

/// <summary>What reconciling needs besides its ports.</summary>
/// <param name="Split">This process's traffic.</param>
/// <param name="Meters">What it counts.</param>
/// <param name="Options">How often verdicts are recorded.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Log">The log.</param>
internal sealed record RolloutSurroundings(
    TrafficSplit Split, RolloutMeters Meters, IOptions<DeliveryOptions> Options, TimeProvider Clock, ILogger<ReconcileRollouts> Log);
