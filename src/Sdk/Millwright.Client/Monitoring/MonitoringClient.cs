using Millwright.Contracts.Monitoring;

namespace Millwright.Client.Monitoring;

/// <summary>Calls of Monitoring.</summary>
public readonly struct MonitoringClient(MillwrightClient client)
{
    /// <summary>Every served version with its newest window.</summary>
    public Task<IReadOnlyList<MonitorDto>> ListAsync(CancellationToken ct) => client.GetAsync("api/monitors", MonitoringJson.Default.IReadOnlyListMonitorDto, ct);

    /// <summary>A version's monitor with its windows, newest first; null for the version that is served.</summary>
    public Task<MonitorDto> ShowAsync(string model, int? version, int windows, CancellationToken ct) => client.GetAsync(
        $"api/monitors/{Uri.EscapeDataString(model)}?windows={windows}{(version is null ? "" : $"&version={version}")}", MonitoringJson.Default.MonitorDto, ct);

    /// <summary>A column's shape in training and now, and its drift over time.</summary>
    public Task<ColumnHistoryDto> ColumnAsync(string model, int? version, string column, CancellationToken ct) => client.GetAsync(
        $"api/monitors/{Uri.EscapeDataString(model)}/columns/{Uri.EscapeDataString(column)}{(version is null ? "" : $"?version={version}")}",
        MonitoringJson.Default.ColumnHistoryDto, ct);

    /// <summary>Judges every complete window now; returns those.</summary>
    public Task<IReadOnlyList<DriftWindowDto>> ScanAsync(CancellationToken ct) =>
        client.PostAsync("api/monitors/scan", MonitoringJson.Default.IReadOnlyListDriftWindowDto, ct);

    /// <summary>Alerts, newest first.</summary>
    public Task<IReadOnlyList<AlertDto>> AlertsAsync(string? model, bool withResolved, int limit, CancellationToken ct) => client.GetAsync(
        $"api/alerts?limit={limit}&all={(withResolved ? "true" : "false")}{(model is null ? "" : $"&model={Uri.EscapeDataString(model)}")}",
        MonitoringJson.Default.IReadOnlyListAlertDto, ct);

    /// <summary>One alert.</summary>
    public Task<AlertDto> AlertAsync(string id, CancellationToken ct) => client.GetAsync($"api/alerts/{Uri.EscapeDataString(id)}", MonitoringJson.Default.AlertDto, ct);

    /// <summary>Says that somebody looks after an alert.</summary>
    public Task<AlertDto> AcknowledgeAsync(string id, string? note, CancellationToken ct) => client.PostAsync(
        $"api/alerts/{Uri.EscapeDataString(id)}/acknowledge", new AcknowledgeDto(note), MonitoringJson.Default.AcknowledgeDto, MonitoringJson.Default.AlertDto, ct);

    /// <summary>Keeps a model's alerts from going out for a time.</summary>
    public Task<SilencedDto> SilenceAsync(SilenceDto silence, CancellationToken ct) =>
        client.PostAsync("api/alerts/silence", silence, MonitoringJson.Default.SilenceDto, MonitoringJson.Default.SilencedDto, ct);

    /// <summary>Records what came true of predictions.</summary>
    public Task<LabelsRecordedDto> LabelAsync(RecordLabelsDto labels, CancellationToken ct) =>
        client.PostAsync("api/labels", labels, MonitoringJson.Default.RecordLabelsDto, MonitoringJson.Default.LabelsRecordedDto, ct);
}

/// <summary>Makes the calls reachable as <c>client.Monitoring</c>.</summary>
public static class MonitoringCalls
{
    extension(MillwrightClient client)
    {
        /// <summary>Monitoring.</summary>
        public MonitoringClient Monitoring => new(client);
    }
}
