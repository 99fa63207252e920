using Millwright.Contracts.Tracking;

namespace Millwright.Client.Tracking;

/// <summary>Calls of tracking.</summary>
public readonly struct TrackingClient(MillwrightClient client)
{
    /// <summary>Experiments, newest first.</summary>
    public Task<ExperimentListDto> ExperimentsAsync(CancellationToken ct) => client.GetAsync("api/experiments", TrackingJson.Default.ExperimentListDto, ct);

    /// <summary>A page of runs, those of pipelines and those that clients log.</summary>
    public Task<TrackedRunListDto> RunsAsync(TrackedRunQuery query, int limit, CancellationToken ct) => client.GetAsync(
        $"api/tracking/runs?limit={limit}{Part("experiment", query.Experiment)}{Part("filter", query.Filter)}{Part("orderBy", query.OrderBy)}{Part("kind", query.Kind)}{Part("token", query.Token)}",
        TrackingJson.Default.TrackedRunListDto, ct);

    /// <summary>A folder of a run's artifacts; null for all of them.</summary>
    public Task<ArtifactListDto> ArtifactsAsync(string id, string? folder, CancellationToken ct) => client.GetAsync(
        $"api/tracking/runs/{Uri.EscapeDataString(id)}/artifacts?{Part("path", folder)}", TrackingJson.Default.ArtifactListDto, ct);

    /// <summary>A run, by its id or the only id that begins so.</summary>
    public Task<TrackedRunDto> RunAsync(string id, CancellationToken ct) =>
        client.GetAsync($"api/tracking/runs/{Uri.EscapeDataString(id)}", TrackingJson.Default.TrackedRunDto, ct);

    /// <summary>Runs side by side.</summary>
    public Task<RunComparisonDto> CompareAsync(IEnumerable<string> ids, CancellationToken ct) =>
        client.GetAsync("api/tracking/compare?" + string.Join('&', ids.Select(id => $"run={Uri.EscapeDataString(id)}")), TrackingJson.Default.RunComparisonDto, ct);

    /// <summary>How a metric went, at no more than about <paramref name="points"/> steps.</summary>
    public Task<MetricHistoryDto> HistoryAsync(string id, string metric, int points, CancellationToken ct) => client.GetAsync(
        $"api/tracking/runs/{Uri.EscapeDataString(id)}/metrics?key={Uri.EscapeDataString(metric)}&points={points}", TrackingJson.Default.MetricHistoryDto, ct);

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}

/// <summary>Makes the calls reachable as <c>client.Tracking</c>.</summary>
public static class TrackingCalls
{
    extension(MillwrightClient client)
    {
        /// <summary>Tracking.</summary>
        public TrackingClient Tracking => new(client);
    }
}
