using Millwright.Client;
using Millwright.Client.Delivery;
using Millwright.Contracts.Delivery;

namespace Millwright.Web.Delivery;

/// <summary>The traffic of every model that has a deployment.</summary>
internal static class TrafficNow
{
    public static async Task<IReadOnlyList<(string Model, IReadOnlyList<TrafficShareDto> Traffic)>> ReadAsync(
        MillwrightClient client, IReadOnlyList<DeploymentDto> deployments, CancellationToken ct)
    {
        var newest = deployments.GroupBy(deployment => deployment.Model).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.First());
        return await Task.WhenAll(newest.Select(async deployment => (deployment.Model, (await client.Deployments.ShowAsync(deployment.Id, ct)).Traffic)));
    }
}
