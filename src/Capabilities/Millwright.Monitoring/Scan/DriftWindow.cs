using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Monitoring.Drift;

namespace Millwright.Monitoring.Scan;

/// <summary>A judged window of a version's predictions.</summary>
/// <param name="Model">Registered model.</param>
/// <param name="Version">The version that answered.</param>
/// <param name="Deployment">The deployment of the last prediction.</param>
/// <param name="Number">Counts a version's windows, from 1.</param>
/// <param name="From">Time of the first prediction.</param>
/// <param name="To">Time of the last.</param>
/// <param name="LastId">Id of the last prediction: the next window begins after it.</param>
/// <param name="Predictions">How many.</param>
/// <param name="Reference">Digest of the model folder whose profile it was held against.</param>
/// <param name="Columns">Every compared column.</param>
public sealed record DriftWindow(
    string Model, int Version, string Deployment, int Number, DateTimeOffset From, DateTimeOffset To, string LastId, long Predictions,
    ContentDigest Reference, ImmutableArray<ColumnDrift> Columns)
{
    /// <summary>Columns that have moved.</summary>
    public IEnumerable<ColumnDrift> Drifted => Columns.Where(column => column.Drifted);
}

/// <summary>Where a version's monitor stands.</summary>
/// <param name="Number">Windows judged so far.</param>
/// <param name="To">Time of the last judged prediction.</param>
/// <param name="LastId">Its id.</param>
public sealed record WindowCursor(int Number, DateTimeOffset To, string LastId)
{
    /// <summary>Before the first prediction.</summary>
    public static WindowCursor Start { get; } = new(0, DateTimeOffset.UnixEpoch, "");
}
