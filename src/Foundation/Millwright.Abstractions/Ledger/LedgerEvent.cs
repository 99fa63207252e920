using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;

namespace Millwright.Abstractions.Ledger;

/// <summary>An event about to be appended. The store that makes the change appends it in the same transaction.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Kind">What, as <c>noun.verb</c> in the past tense: <c>model.promoted</c>, <c>drift.detected</c>.</param>
/// <param name="Subject">About what.</param>
public sealed record LedgerDraft(Actor Actor, string Kind, Subject Subject)
{
    /// <summary>What the subject was made from; an edge of the lineage each.</summary>
    public ImmutableArray<Subject> Inputs { get; init; } = [];

    /// <summary>What came out of the subject; an edge of the lineage each.</summary>
    public ImmutableArray<Subject> Outputs { get; init; } = [];

    /// <summary>Facts of the event; small. Large things are content, named by digest.</summary>
    public JsonObject Body { get; init; } = [];
}

/// <summary>An appended event. <c>Hash</c> = SHA-256 over the event's canonical form and <c>Prev</c>, so that edited history shows.</summary>
/// <param name="Seq">Position, from 1, without gaps.</param>
/// <param name="Id">Identifier.</param>
/// <param name="At">When it was appended, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">About what.</param>
/// <param name="Inputs">Lineage: made from.</param>
/// <param name="Outputs">Lineage: gave rise to.</param>
/// <param name="Body">Facts, as canonical JSON text.</param>
/// <param name="Prev">The previous event's hash; 64 zeros for the first.</param>
/// <param name="Hash">This event's hash, lower-case hexadecimal.</param>
public sealed record LedgerEvent(
    long Seq,
    string Id,
    DateTimeOffset At,
    Actor Actor,
    string Kind,
    Subject Subject,
    ImmutableArray<Subject> Inputs,
    ImmutableArray<Subject> Outputs,
    string Body,
    string Prev,
    string Hash)
{
    /// <summary>The body parsed anew.</summary>
    public JsonObject Facts() => JsonNode.Parse(Body)!.AsObject();
}

/// <summary>
/// A durable subscription: every matching event is handed over at least once, in order, also after a restart. Handlers are idempotent.
/// </summary>
public interface ILedgerSubscriber
{
    /// <summary>Stable name; the offset is stored under it.</summary>
    string Name { get; }

    /// <summary>Whether this kind of event is wanted.</summary>
    bool Wants(string kind);

    /// <summary>Handles one event; an exception means: hand it over again later.</summary>
    Task HandleAsync(LedgerEvent happened, CancellationToken ct);
}

/// <summary>Appends events that accompany no other change, such as a data version that was pushed.</summary>
public interface ILedgerWriter
{
    /// <summary>Appends in one transaction, durably, and returns the events as stored.</summary>
    Task<ImmutableArray<LedgerEvent>> AppendAsync(IReadOnlyList<LedgerDraft> drafts, CancellationToken ct);

    /// <summary>Appends events that carry an id of their own, each once however often it is delivered; returns how many were new.</summary>
    Task<int> AppendOnceAsync(IReadOnlyList<KeyValuePair<string, LedgerDraft>> drafts, CancellationToken ct);
}
