using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Labels;
using Millwright.Monitoring.Profile;
using Millwright.Monitoring.Scan;
using Millwright.Statistics.Metrics;

namespace Millwright.Monitoring.Show;

/// <summary>How a version does.</summary>
/// <param name="Model">Registered model.</param>
/// <param name="Version">Model version.</param>
/// <param name="Percent">Share of the model's traffic it takes now.</param>
/// <param name="Reference">Profile of its training data, or null.</param>
/// <param name="Problem">Why there is no reference.</param>
/// <param name="Windows">Judged windows, newest first.</param>
/// <param name="Alerts">Alerts that are not resolved.</param>
/// <param name="Labels">Predictions with a label.</param>
/// <param name="RocAuc">Live area under the ROC curve; null while labels of a class are missing.</param>
public sealed record MonitorView(
    string Model, int Version, double Percent, DataProfile? Reference, Problem? Problem,
    IReadOnlyList<DriftWindow> Windows, ImmutableArray<Alert> Alerts, int Labels, double? RocAuc);

/// <summary>Shows monitors: drift per column over time, distributions then and now, live performance.</summary>
public sealed class ShowMonitor(ITrafficSplit split, ReadReference references, IMonitorStore monitors, IAlertStore alerts, ILabelStore labels)
{
    /// <summary>Every served version of every model, with its newest window.</summary>
    public async Task<IReadOnlyList<MonitorView>> ListAsync(CancellationToken ct)
    {
        var views = new List<MonitorView>();
        foreach (var target in split.Models.SelectMany(split.Targets))
        {
            views.Add(await ViewAsync(target.Model, target.Version, 1, ct));
        }

        return views;
    }

    /// <summary>One version with at most so many windows; null stands for the served version with the largest share, else the newest one seen.</summary>
    public async Task<Result<MonitorView>> RunAsync(string model, int? version, int windows, CancellationToken ct)
    {
        var served = split.Targets(model).OrderByDescending(target => target.Percent).Select(target => target.Version);
        var known = served.Concat(monitors.Versions(model)).Distinct().ToList();
        return known.Count == 0 ? Unknown(model)
            : version is { } asked && !known.Contains(asked) ? new Problem(
                "monitor.version", $"Version {asked} of '{model}' takes no traffic and was never watched.", $"Choose one of {string.Join(", ", known.Order())}.", ProblemKind.NotFound)
            : await ViewAsync(model, version ?? known[0], Math.Clamp(windows, 1, 1000), ct);
    }

    private Problem Unknown(string model) => new(
        "monitor.unknown", $"Model '{model}' takes no traffic and never did.",
        Nearest.To(model, split.Models.Concat(monitors.Models())) is { } near ? $"Did you mean '{near}'? Run 'mw monitor show' to see all." : $"Deploy it with 'mw deploy {model}'.",
        ProblemKind.NotFound);

    private async Task<MonitorView> ViewAsync(string model, int version, int windows, CancellationToken ct)
    {
        var reference = await references.RunAsync(model, version, ct);
        var labelled = labels.Read(model, version, null, DateTimeOffset.UnixEpoch);
        var positives = labelled.Labels.Count(label => label == 1);
        return new MonitorView(
            model, version, split.Targets(model).Where(target => target.Version == version).Sum(target => target.Percent),
            reference.IsOk ? reference.Value.Profile : null, reference.Problem,
            monitors.Windows(model, version, windows),
            [.. alerts.Open(model).Where(alert => alert.Version == version)],
            labelled.Labels.Count,
            positives > 0 && positives < labelled.Labels.Count ? RocAuc.Of([.. labelled.Labels.Select(label => label == 1)], [.. labelled.Scores]) : null);
    }
}
