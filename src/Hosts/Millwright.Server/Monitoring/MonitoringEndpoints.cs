using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Monitoring;
using Millwright.Monitoring;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Labels;
using Millwright.Monitoring.Metrics;
using Millwright.Monitoring.Scan;
using Millwright.Monitoring.Show;
using Millwright.Server.Identity;
using Millwright.Server.Problems;

namespace Millwright.Server.Monitoring;

/// <summary>Monitors, alerts, labels and metrics over HTTP.</summary>
public static class MonitoringEndpoints
{
    private const string OpenMetrics = "application/openmetrics-text";

    /// <summary>Maps <c>/api/monitors</c>, <c>/api/alerts</c>, <c>/api/labels</c> and <c>/metrics</c>.</summary>
    public static void MapMonitoring(this IEndpointRouteBuilder app)
    {
        var monitors = app.MapGroup("/api/monitors").WithTags("Monitoring");
        monitors.MapGet("", ListAsync).WithName("ListMonitors").WithSummary("Every served version with its newest window.").Answers<IReadOnlyList<MonitorDto>>();
        monitors.MapPost("/scan", ScanAsync).WithName("ScanForDrift").WithSummary("Judge every complete window now.").Answers<IReadOnlyList<DriftWindowDto>>();
        monitors.MapGet("/{model}", ShowAsync).WithName("ShowMonitor").WithSummary("A version's drift over time.").Answers<MonitorDto>();
        monitors.MapGet("/{model}/columns/{column}", ColumnAsync).WithName("ShowColumn").WithSummary("A column's distribution then and now, and its drift over time.")
            .Answers<ColumnHistoryDto>();

        var alerts = app.MapGroup("/api/alerts").WithTags("Monitoring");
        alerts.MapGet("", Alerts).WithName("ListAlerts").WithSummary("Alerts, newest first.").Answers<IReadOnlyList<AlertDto>>();
        alerts.MapGet("/{id}", Alert).WithName("ShowAlert").WithSummary("One alert with every column it is about.").Answers<AlertDto>();
        alerts.MapPost("/silence", SilenceAsync).WithName("SilenceAlerts").WithSummary("Keep a model's alerts from going out for a time.")
            .Takes<SilenceDto>().Answers<SilencedDto>();
        alerts.MapPost("/{id}/acknowledge", AcknowledgeAsync).WithName("AcknowledgeAlert").WithSummary("Say that somebody looks after an alert.")
            .Takes<AcknowledgeDto>().Answers<AlertDto>().MayConflict();

        app.MapPost("/api/labels", LabelAsync).WithTags("Monitoring").WithName("RecordLabels").WithSummary("Record what came true of predictions.")
            .Takes<RecordLabelsDto>().Answers<LabelsRecordedDto>();
        app.MapGet("/metrics", Metrics).WithTags("Monitoring").WithName("Metrics").WithSummary("Metrics for Prometheus.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain", OpenMetrics);
    }

    private static async Task<IResult> ListAsync(ShowMonitor show, CancellationToken ct) => TypedResults.Json(
        (IReadOnlyList<MonitorDto>)[.. (await show.ListAsync(ct)).Select(MonitoringMapping.From)], MonitoringJson.Default.IReadOnlyListMonitorDto);

    private static async Task<IResult> ShowAsync(string model, ShowMonitor show, CancellationToken ct, int? version = null, int windows = 50) =>
        (await show.RunAsync(model, version, windows, ct)).ToHttp(MonitoringMapping.From, MonitoringJson.Default.MonitorDto);

    private static async Task<IResult> ColumnAsync(string model, string column, ShowMonitor show, CancellationToken ct, int? version = null, int windows = 200) =>
        (await show.RunAsync(model, version, windows, ct))
            .Then<ColumnHistoryDto>(view => view.Reference?.Find(column) is { } reference
                ? MonitoringMapping.History(reference, view.Windows)
                : view.Problem ?? MonitoringProblems.UnknownColumn(view, column))
            .ToHttp(history => history, MonitoringJson.Default.ColumnHistoryDto);

    private static async Task<IResult> ScanAsync(ScanForDrift scan, CancellationToken ct) => TypedResults.Json(
        (IReadOnlyList<DriftWindowDto>)[.. (await scan.RunAsync(ct)).Select(MonitoringMapping.From)], MonitoringJson.Default.IReadOnlyListDriftWindowDto);

    private static IResult Alerts(ListAlerts list, string? model = null, bool all = false, int limit = 100) => TypedResults.Json(
        (IReadOnlyList<AlertDto>)[.. list.Run(new AlertQuery { Model = model, WithResolved = all, Limit = limit }).Select(MonitoringMapping.From)],
        MonitoringJson.Default.IReadOnlyListAlertDto);

    private static IResult Alert(string id, ListAlerts list) => list.Find(id).ToHttp(MonitoringMapping.From, MonitoringJson.Default.AlertDto);

    private static async Task<IResult> AcknowledgeAsync(string id, AcknowledgeAlert acknowledge, HttpContext context, CancellationToken ct) =>
        (await context.ReadBodyAsync(MonitoringJson.Default.AcknowledgeDto, ct)).TryGet(out var body, out var problem)
            ? (await acknowledge.RunAsync(id, body.Note ?? "", context.GetActor(), ct)).ToHttp(MonitoringMapping.From, MonitoringJson.Default.AlertDto)
            : problem.ToHttp();

    private static async Task<IResult> SilenceAsync(SilenceAlerts silence, HttpContext context, CancellationToken ct) =>
        (await context.ReadBodyAsync(MonitoringJson.Default.SilenceDto, ct)).TryGet(out var body, out var problem)
            ? (await silence.RunAsync(body.Model, TimeSpan.FromMinutes(Math.Clamp(body.Minutes, -1, 1e6)), body.Reason ?? "", context.GetActor(), ct))
                .ToHttp(until => new SilencedDto(until), MonitoringJson.Default.SilencedDto)
            : problem.ToHttp();

    private static async Task<IResult> LabelAsync(RecordLabels record, HttpContext context, CancellationToken ct) =>
        (await context.ReadBodyAsync(MonitoringJson.Default.RecordLabelsDto, ct)).TryGet(out var body, out var problem)
            ? (await record.RunAsync([.. body.Labels.Select(label => new NewLabel(label?.Prediction ?? "", label?.Label ?? 0))], context.GetActor(), ct))
                .ToHttp(done => new LabelsRecordedDto(done.Recorded, done.Unchanged, done.Unknown), MonitoringJson.Default.LabelsRecordedDto)
            : problem.ToHttp();

    private static IResult Metrics(MetricsCollector collector, HttpRequest request)
    {
        var open = request.Headers.Accept.ToString().Contains(OpenMetrics, StringComparison.OrdinalIgnoreCase);
        return TypedResults.Text(collector.Scrape(open), open ? $"{OpenMetrics}; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8");
    }
}
