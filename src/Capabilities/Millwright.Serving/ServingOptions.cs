namespace Millwright.Serving;

/// <summary>Where serving keeps things and what it refuses.</summary>
/// <param name="StateFolder">Absolute path of the project's <c>.millwright</c>.</param>
public sealed record ServingOptions(string StateFolder)
{
    /// <summary>Largest request body in bytes.</summary>
    public long MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Rows that may wait for the disk; above, predictions are answered but not logged, and counted.</summary>
    public int LogCapacity { get; init; } = 65_536;

    /// <summary>How long rows may be gathered before they are written, so that one write serves many.</summary>
    public TimeSpan LogLinger { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Size in bytes at which a segment of the prediction log is closed and the next one begun.</summary>
    public long SegmentBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Size in bytes of a model's closed segments above which the oldest are deleted.</summary>
    public long KeepBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Age above which closed segments are deleted.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Loaded versions without traffic that are kept per server, for rollbacks and for requests that name a version.</summary>
    public int SpareVersions { get; init; } = 8;
}
