using System.Diagnostics.Metrics;

namespace Millwright.Serving.Statistics;

/// <summary>
/// The meter <c>Millwright.Serving</c>: <c>millwright.serving.requests</c> (tags model, version, outcome), <c>millwright.serving.rows</c>,
/// <c>millwright.serving.duration</c> in seconds (tags model, version) and <c>millwright.serving.log.dropped</c>.
/// </summary>
public sealed class ServingMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Millwright.Serving";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _requests;
    private readonly Counter<long> _rows;
    private readonly Histogram<double> _duration;

    /// <summary>Creates the instruments.</summary>
    public ServingMeter(Predictions.PredictionLog log)
    {
        _requests = _meter.CreateCounter<long>("millwright.serving.requests", "{request}", "Inference requests by model version and outcome.");
        _rows = _meter.CreateCounter<long>("millwright.serving.rows", "{row}", "Rows scored.");
        _duration = _meter.CreateHistogram<double>("millwright.serving.duration", "s", "Time from the body's arrival to the answer.");
        _meter.CreateObservableCounter("millwright.serving.log.dropped", () => log.Dropped, "{row}", "Rows answered but not logged.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Record(string model, string version, string outcome, int rows, TimeSpan duration)
    {
        var (name, number) = (KeyValuePair.Create<string, object?>("model", model), KeyValuePair.Create<string, object?>("version", version));
        _requests.Add(1, name, number, KeyValuePair.Create<string, object?>("outcome", outcome));
        _rows.Add(rows, name, number);
        _duration.Record(duration.TotalSeconds, name, number);
    }
}
