using Millwright.Abstractions.Ledger;

namespace Millwright.Ledger;

/// <summary>Where the ledger lies. Appending happens inside other stores' transactions and through <see cref="ILedgerWriter"/>.</summary>
public interface ILedgerStore
{
    /// <summary>The last event's position and hash; 0 and the genesis hash when empty.</summary>
    LedgerHead Head();

    /// <summary>Events that match, at most <see cref="LedgerQuery.Limit"/>.</summary>
    IReadOnlyList<LedgerEvent> Read(LedgerQuery query);

    /// <summary>Edges that end (backward) or begin (forward) at any of these subjects.</summary>
    IReadOnlyList<LineageEdge> Edges(IReadOnlyCollection<string> subjects, bool backward);

    /// <summary>The last event that a subscriber has handled; 0 when none.</summary>
    long Offset(string subscriber);

    /// <summary>Remembers that a subscriber has handled everything up to here.</summary>
    Task SaveOffsetAsync(string subscriber, long seq, CancellationToken ct);

    /// <summary>Completes when something is appended after the call.</summary>
    Task NextAppendAsync();
}

/// <summary>The end of the chain.</summary>
/// <param name="Seq">Position of the last event.</param>
/// <param name="Hash">Its hash.</param>
public sealed record LedgerHead(long Seq, string Hash);

/// <summary>An edge of the lineage: the target was made from the source.</summary>
/// <param name="Source">Printed form of a subject.</param>
/// <param name="Target">Printed form of a subject.</param>
/// <param name="Seq">The event that said so.</param>
public sealed record LineageEdge(string Source, string Target, long Seq);

/// <summary>Which events. All conditions hold together.</summary>
public sealed record LedgerQuery
{
    /// <summary>Only positions above.</summary>
    public long? After { get; init; }

    /// <summary>Only positions below.</summary>
    public long? Before { get; init; }

    /// <summary>A kind, or a beginning followed by <c>*</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Events about, made from or giving rise to this subject (printed form).</summary>
    public string? Subject { get; init; }

    /// <summary>Who.</summary>
    public string? Actor { get; init; }

    /// <summary>Text anywhere in subject, kind, actor or body.</summary>
    public string? Text { get; init; }

    /// <summary>Newest first instead of oldest first.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>At most so many, 1 to 1000.</summary>
    public int Limit { get; init; } = 100;
}
