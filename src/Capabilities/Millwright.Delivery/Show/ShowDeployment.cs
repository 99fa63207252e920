using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Judge;
using Millwright.Delivery.Reconcile;

namespace Millwright.Delivery.Show;

/// <summary>Everything about one deployment.</summary>
/// <param name="Deployment">As it stands.</param>
/// <param name="Traffic">Who takes the model's traffic now.</param>
/// <param name="Verdicts">Every recorded verdict with its evidence, oldest first.</param>
/// <param name="Now">For a rollout under way: what would be said of it at this moment.</param>
public sealed record DeploymentDetails(
    Deployment Deployment, IReadOnlyList<TrafficTarget> Traffic, IReadOnlyList<RecordedVerdict> Verdicts, CanaryVerdict? Now);

/// <summary>Shows a deployment with its verdicts over time.</summary>
public sealed class ShowDeployment(IDeploymentStore store, ITrafficSplit split, GatherEvidence gather)
{
    /// <summary>Finds it by id, or by a model's name: what is rolling, else live, of it.</summary>
    public async Task<Result<DeploymentDetails>> RunAsync(string id, CancellationToken ct)
    {
        var found = store.Find(new DeploymentId(id))
            ?? store.InTraffic().Where(deployment => deployment.Model == id).OrderBy(deployment => deployment.State).FirstOrDefault();
        if (found is null)
        {
            return RolloutProblems.Unknown(id, store);
        }

        var now = found.State is DeploymentState.Rolling ? JudgeCanary.Run(found.Plan.Rules, await gather.RunAsync(found, ct)) : null;
        return new DeploymentDetails(found, split.Targets(found.Model), store.Verdicts(found.Id), now);
    }
}
