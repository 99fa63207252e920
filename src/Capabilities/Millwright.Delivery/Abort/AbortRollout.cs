using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Delivery.Reconcile;

namespace Millwright.Delivery.Abort;

/// <summary>Stops a rollout without judging the version: its share of the traffic goes back to the champion.</summary>
public sealed class AbortRollout(IDeploymentStore store, ReconcileRollouts reconcile, TimeProvider clock)
{
    /// <summary>Stops it at once.</summary>
    /// <param name="id">A deployment, or a model's name for what is rolling or else live of it.</param>
    /// <param name="reason">Why; empty says only who.</param>
    /// <param name="actor">Who.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Deployment>> RunAsync(string id, string reason, Actor actor, CancellationToken ct)
    {
        if ((store.Find(new DeploymentId(id)) ?? store.InTraffic().Where(known => known.Model == id).OrderBy(known => known.State).FirstOrDefault()) is not { } deployment)
        {
            return RolloutProblems.Unknown(id, store);
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
        return store.Find(deployment.Id)!;
    }
}
