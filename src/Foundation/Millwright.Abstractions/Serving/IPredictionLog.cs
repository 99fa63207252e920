namespace Millwright.Abstractions.Serving;

/// <summary>
/// The log of answered rows: append-only segments written in the background, so that logging does not slow the answer.
/// Serving writes it; Monitoring and Delivery read it.
/// </summary>
public interface IPredictionLog
{
    /// <summary>Queues rows; returns at once. When the disk cannot keep up, rows are counted as dropped instead of blocking requests.</summary>
    void Append(Prediction prediction);

    /// <summary>Waits until everything queued so far can be read.</summary>
    Task FlushAsync(CancellationToken ct);

    /// <summary>Predictions of a model in [from, to), in order of time.</summary>
    IAsyncEnumerable<Prediction> ReadAsync(string model, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    /// <summary>One prediction, or null.</summary>
    Task<Prediction?> FindAsync(string id, CancellationToken ct);
}

/// <summary>One answered row.</summary>
/// <param name="Id">Its id, given to the caller; sorts by time.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Model">Model name.</param>
/// <param name="Version">Model version that answered.</param>
/// <param name="Deployment">Deployment that routed it, or empty.</param>
/// <param name="Columns">Raw input columns, shared between rows of one model version.</param>
/// <param name="Values">Per column a <see cref="double"/> (missing = NaN) or a string (missing = null).</param>
/// <param name="Score">The first score.</param>
public sealed record Prediction(
    string Id,
    DateTimeOffset At,
    string Model,
    int Version,
    string Deployment,
    IReadOnlyList<string> Columns,
    IReadOnlyList<object?> Values,
    double Score);
