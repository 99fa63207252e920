namespace Millwright.Delivery.Show;

/// <summary>A page of deployments.</summary>
/// <param name="Deployments">Newest first.</param>
/// <param name="Next">Go on before this one; null at the end.</param>
public sealed record DeploymentPage(IReadOnlyList<Deployment> Deployments, DeploymentId? Next);

/// <summary>Lists deployments, newest first.</summary>
public sealed class ListDeployments(IDeploymentStore store)
{
    /// <summary>How many a page has when nobody says so.</summary>
    public const int UsualPage = 100;

    private const int LongestPage = 1000;

    /// <summary>At most 1000 at a time; go on with the page's <see cref="DeploymentPage.Next"/> as <see cref="DeploymentQuery.Before"/>.</summary>
    public DeploymentPage Run(DeploymentQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, LongestPage);
        var found = store.List(query with { Limit = limit + 1 });
        return found.Count > limit ? new DeploymentPage([.. found.Take(limit)], found[limit - 1].Id) : new DeploymentPage(found, null);
    }
}
