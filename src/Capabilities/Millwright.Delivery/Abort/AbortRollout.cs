using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Delivery.Reconcile;

namespace Millwright.Delivery.Abort;

/// <summary>Stops a rollout without judging the version: its share of the traffic goes back to the champion.</summary>
public sealed class AbortRollout(IDeploymentStore store, ReconcileRollouts reconcile, TimeProvider clock)
{
    /// <summary>Stops it at once.</summary>
    public async Task<Result<Deployment>> RunAsync(DeploymentId id, string reason, Actor actor, CancellationToken ct)
    {
        if (store.Find(id) is not { } deployment)
        {
            return RolloutProblems.Unknown(id.Value);
        }

        if (deployment.State is not DeploymentState.Rolling)
        {
            return RolloutProblems.NotRolling(deployment);
        }

        var why = string.IsNullOrWhiteSpace(reason) ? $"stopped by {actor}" : reason;
        var stopped = deployment.Into(DeploymentState.Aborted, why, clock.GetUtcNow());
        var saved = await store.SaveAsync(new DeploymentChange([stopped], RolloutEvents.Move(RolloutEvents.Aborted, actor, stopped, why, null)), ct);
        if (!saved.IsOk)
        {
            return saved.Problem;
        }

        reconcile.TrafficChanged(stopped);
        return store.Find(id)!;
    }
}
