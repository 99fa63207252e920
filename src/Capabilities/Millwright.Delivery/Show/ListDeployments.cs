namespace Millwright.Delivery.Show;

/// <summary>Lists deployments, newest first.</summary>
public sealed class ListDeployments(IDeploymentStore store)
{
    /// <summary>At most 1000 at a time; go on with the last one's id as <see cref="DeploymentQuery.Before"/>.</summary>
    public IReadOnlyList<Deployment> Run(DeploymentQuery query) => store.List(query with { Limit = Math.Clamp(query.Limit, 1, 1000) });
}
