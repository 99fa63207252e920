using System.Globalization;
using Millwright.Contracts.Monitoring;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Drift;
using Millwright.Monitoring.Profile;
using Millwright.Monitoring.Scan;
using Millwright.Monitoring.Show;

namespace Millwright.Server.Monitoring;

/// <summary>Monitors, drift and alerts as wire records.</summary>
public static class MonitoringMapping
{
    /// <summary>A comparison of two tables.</summary>
    public static DriftReportDto From(DriftReport report) =>
        new(report.Drifted, report.ReferenceRows, report.CurrentRows, [.. report.Columns.Select(From)], report.Lost, report.New);

    internal static ColumnDriftDto From(ColumnDrift column) => new(column.Column, Text(column.Kind), column.Drifted, [.. column.Scores.Select(From)]);

    internal static DriftWindowDto From(DriftWindow window) => new(
        window.Model, window.Version, window.Number, window.From, window.To, window.Predictions,
        [.. window.Drifted.Select(column => column.Column)], [.. window.Columns.Select(From)]);

    internal static AlertDto From(Alert alert) => new(
        alert.Id, alert.Model, alert.Version, alert.Kind, alert.State.ToString().ToLowerInvariant(), alert.Message, [.. alert.Columns.Select(column => column.Column)],
        alert.Raised, alert.LastSeen, alert.Windows, alert.Resolved, alert.AcknowledgedBy?.Name, alert.Note,
        [.. alert.WorstFirst().Select(column => new AlertColumnDto(column.Column, From(column.Score)))]);

    internal static MonitorDto From(MonitorView view) => new(
        view.Model, view.Version, view.Percent, Status(view), view.Problem?.Message, view.Labels, view.RocAuc,
        [.. view.Windows.Select(From)], [.. view.Alerts.Select(From)]);

    internal static ColumnHistoryDto History(ColumnProfile reference, IReadOnlyList<DriftWindow> windows)
    {
        var history = windows.Reverse()
            .Select(window => (window, column: window.Columns.FirstOrDefault(column => column.Column == reference.Name)))
            .Where(pair => pair.column is not null)
            .ToList();
        return new ColumnHistoryDto(
            reference.Name, Text(reference.Kind), Bins(reference), Shares(ColumnTally.Of(reference)), history is [.., var (_, newest)] ? Shares(newest!.Current) : [],
            [.. history.Select(pair => new ColumnPointDto(pair.window.Number, pair.window.To, pair.column!.Drifted, [.. pair.column.Scores.Select(From)]))]);
    }

    private static string Status(MonitorView view) => view switch
    {
        { Reference: null } => "no_reference",
        { Windows: [] } => "waiting",
        { Windows: [var newest, ..] } when newest.Drifted.Any() => "drift",
        _ => "ok",
    };

    private static DriftScoreDto From(DriftScore score) => new(score.Test, score.Score, score.PValue, score.Effect, score.Threshold, score.Drifted);

    private static IReadOnlyList<string> Bins(ColumnProfile reference) => reference switch
    {
        { Numbers: { } numbers } => [.. numbers.Edges.Select(edge => "≤ " + edge.ToString("0.####", CultureInfo.InvariantCulture)), numbers.Edges.IsEmpty ? "all" : "> " + numbers.Edges[^1].ToString("0.####", CultureInfo.InvariantCulture)],
        { Kind: ColumnKind.Category } => [.. reference.Top.Select(category => category.Value), "(other)"],
        _ => ["(any)"],
    };

    private static double[] Shares(ColumnTally tally) => [.. tally.Bins.Select(count => tally.Count == 0 ? 0 : (double)count / tally.Count)];

    private static string Text(ColumnKind kind) => kind.ToString().ToLowerInvariant();
}
