using Millwright.Contracts.Delivery;

namespace Millwright.Client.Delivery;

/// <summary>Calls of Delivery.</summary>
public readonly struct DeploymentClient(MillwrightClient client)
{
    /// <summary>Starts a rollout.</summary>
    public Task<DeploymentDto> StartAsync(StartRolloutDto rollout, CancellationToken ct) =>
        client.PostAsync("api/deployments", rollout, DeliveryJson.Default.StartRolloutDto, DeliveryJson.Default.DeploymentDto, ct);

    /// <summary>Lists deployments, newest first; of one model when given.</summary>
    public Task<DeploymentListDto> ListAsync(string? model, string? before, int limit, CancellationToken ct) =>
        client.GetAsync(
            $"api/deployments?limit={limit}{(model is null ? "" : $"&model={Uri.EscapeDataString(model)}")}{(before is null ? "" : $"&before={Uri.EscapeDataString(before)}")}",
            DeliveryJson.Default.DeploymentListDto, ct);

    /// <summary>A deployment with its verdicts, by id or by model.</summary>
    public Task<DeploymentDetailsDto> ShowAsync(string id, CancellationToken ct) =>
        client.GetAsync($"api/deployments/{Uri.EscapeDataString(id)}", DeliveryJson.Default.DeploymentDetailsDto, ct);

    /// <summary>Takes a deployment back, by id or by model.</summary>
    public Task<DeploymentDto> RollBackAsync(string id, string reason, CancellationToken ct) => StopAsync(id, "rollback", reason, ct);

    /// <summary>Stops a rollout.</summary>
    public Task<DeploymentDto> AbortAsync(string id, string? reason, CancellationToken ct) => StopAsync(id, "abort", reason, ct);

    /// <summary>Looks at every rollout now instead of at the next tick.</summary>
    public Task<DeploymentListDto> ReconcileAsync(CancellationToken ct) =>
        client.PostAsync("api/deployments/reconcile", DeliveryJson.Default.DeploymentListDto, ct);

    private Task<DeploymentDto> StopAsync(string id, string verb, string? reason, CancellationToken ct) => client.PostAsync(
        $"api/deployments/{Uri.EscapeDataString(id)}/{verb}", new ReasonDto(reason), DeliveryJson.Default.ReasonDto, DeliveryJson.Default.DeploymentDto, ct);
}

/// <summary>Makes the calls reachable as <c>client.Deployments</c>.</summary>
public static class DeploymentCalls
{
    extension(MillwrightClient client)
    {
        /// <summary>Delivery.</summary>
        public DeploymentClient Deployments => new(client);
    }
}
