using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Millwright.Monitoring.Metrics;

/// <summary>Listens to every meter whose name begins with <c>Millwright.</c>, for as long as the server runs.</summary>
public sealed class MetricsCollector : IDisposable
{
    // Seconds, as OpenTelemetry advises for durations; an instrument may advise otherwise.
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    // Milliseconds in powers of about two, for instruments that measure in them.
    private static readonly double[] MillisecondBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000];

    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();

    /// <summary>Starts to listen.</summary>
    public MetricsCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Millwright.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, Create));
            }
        };
        _listener.MeasurementsCompleted = (instrument, state) => _families.TryRemove(instrument, out var _);
        Listen<byte>(value => value);
        Listen<short>(value => value);
        Listen<int>(value => value);
        Listen<long>(value => value);
        Listen<float>(value => value);
        Listen<double>(value => value);
        Listen<decimal>(value => (double)value);
        _listener.Start();
    }

    /// <summary>Everything as text for a scraper, with what can be observed read now.</summary>
    public string Scrape(bool openMetrics)
    {
        foreach (var family in _families.Values)
        {
            family.Forget();
        }

        _listener.RecordObservableInstruments();
        return PrometheusText.Write([.. _families.Values.Select(FamilySnapshot.Of)], openMetrics);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static MetricFamily Create(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var kind = type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        return new MetricFamily(instrument, kind, kind is MetricKind.Histogram ? Bounds(instrument) : []);
    }

    private static double[] Bounds(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: [_, ..] advised } => [.. advised],
        Histogram<long> { Advice.HistogramBucketBoundaries: [_, ..] advised } => [.. advised.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: [_, ..] advised } => [.. advised.Select(bound => (double)bound)],
        { Unit: "ms" } => MillisecondBounds,
        _ => DefaultBounds,
    };

    private void Listen<T>(Func<T, double> convert)
        where T : struct => _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((MetricFamily)state!).Record(convert(value), tags));
}
