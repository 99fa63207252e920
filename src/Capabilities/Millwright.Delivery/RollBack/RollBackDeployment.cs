using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Reconcile;

namespace Millwright.Delivery.RollBack;

/// <summary>
/// Takes a deployment back by hand: a candidate's share goes to the champion; a live version's traffic to the one before it, and the stage
/// <c>production</c> with it.
/// </summary>
public sealed class RollBackDeployment(IDeploymentStore store, IModelCatalog catalog, IServableModels servable, ReconcileRollouts reconcile, TimeProvider clock)
{
    /// <summary>Rolls back at once; <paramref name="reason"/> is recorded and must not be empty.</summary>
    /// <param name="id">A deployment, or a model's name for what is rolling or else live of it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Deployment>> RunAsync(string id, string reason, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Problem("rollback.no_reason", "A rollback needs a reason.", "Say why with --reason TEXT; it stands in the ledger.");
        }

        if (!Find(id).TryGet(out var deployment, out var problem))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var back = deployment.Into(DeploymentState.RolledBack, reason, now);
        var rows = new List<Deployment> { back };
        Deployment? before = null;
        if (deployment.State is DeploymentState.Live)
        {
            if (!(await BeforeAsync(deployment, ct)).TryGet(out before, out problem))
            {
                return problem;
            }

            rows.Add(before.Into(DeploymentState.Live, $"version {deployment.Version} was rolled back", now));
        }

        var saved = await store.SaveAsync(new DeploymentChange(rows, RolloutEvents.Move(RolloutEvents.RolledBack, actor, back, reason, null)), ct);
        if (!saved.IsOk)
        {
            return saved.Problem;
        }

        reconcile.TrafficChanged(back);
        if (before is not null)
        {
            // The traffic is back whether or not the stage follows, as after a forced rollout that never had it.
            await catalog.PromoteAsync(before.Model, before.Version, "production", actor, $"version {back.Version} was rolled back: {reason}", ct);
        }

        return store.Find(back.Id)!;
    }

    private Result<Deployment> Find(string id)
    {
        var known = store.Find(new DeploymentId(id))
            ?? store.InTraffic().Where(deployment => deployment.Model == id).OrderBy(deployment => deployment.State).FirstOrDefault();
        return known switch
        {
            null => RolloutProblems.Unknown(id, store),
            { State: DeploymentState.Rolling } => known,
            { State: DeploymentState.Live } when store.InTraffic().FirstOrDefault(other => other.Model == known.Model && other.State is DeploymentState.Rolling) is { } candidate =>
                RolloutProblems.UnderWay(candidate),
            { State: DeploymentState.Live } => known,
            _ => RolloutProblems.NotRolling(known),
        };
    }

    // The newest that was live before and has not been rolled back itself; it must be able to answer before traffic reaches it.
    private async Task<Result<Deployment>> BeforeAsync(Deployment live, CancellationToken ct)
    {
        var before = store.List(new DeploymentQuery { Model = live.Model, Limit = 1000 })
            .Where(deployment => deployment.State is DeploymentState.Retired)
            .MaxBy(deployment => deployment.Ended);
        return before is null
            ? RolloutProblems.NothingBefore(live)
            : (await servable.WarmUpAsync(before.Model, before.Version, ct)).Map(_ => before);
    }
}
