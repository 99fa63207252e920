using System.Diagnostics.Metrics;
using Millwright.Abstractions.Serving;

namespace Millwright.Monitoring.Metrics;

/// <summary>Meter <c>Millwright.Monitoring</c>: the newest window of every served version, read from the store.</summary>
internal sealed class DriftGauges : IDisposable
{
    private readonly Meter _meter = new("Millwright.Monitoring");

    public DriftGauges(ITrafficSplit split, IMonitorStore monitors, IAlertStore alerts)
    {
        _meter.CreateObservableGauge("millwright.drift.score", () => Scores(split, monitors), null, "Effect of each drift test in the newest window.");
        _meter.CreateObservableGauge("millwright.drift.columns", () => Drifted(split, monitors), null, "Columns that have moved in the newest window.");
        _meter.CreateObservableGauge("millwright.alerts.open", () => Open(split, alerts), null, "Alerts that are not resolved.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<(TrafficTarget Target, Scan.DriftWindow Window)> Newest(ITrafficSplit split, IMonitorStore monitors) =>
        from model in split.Models
        from target in split.Targets(model)
        from window in monitors.Windows(model, target.Version, 1)
        select (target, window);

    private static IEnumerable<Measurement<double>> Scores(ITrafficSplit split, IMonitorStore monitors) =>
        from newest in Newest(split, monitors)
        from column in newest.Window.Columns
        from score in column.Scores
        select new Measurement<double>(
            score.Effect, new("model", newest.Target.Model), new("version", newest.Target.Version), new("column", column.Column), new("test", score.Test));

    private static IEnumerable<Measurement<int>> Drifted(ITrafficSplit split, IMonitorStore monitors) =>
        from newest in Newest(split, monitors)
        select new Measurement<int>(newest.Window.Drifted.Count(), new("model", newest.Target.Model), new("version", newest.Target.Version));

    private static IEnumerable<Measurement<int>> Open(ITrafficSplit split, IAlertStore alerts) =>
        from model in split.Models
        select new Measurement<int>(alerts.Open(model).Count, new KeyValuePair<string, object?>("model", model));
}
