using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millwright.Contracts.Ledger;

/// <summary>A ledger event.</summary>
/// <param name="Seq">Position, from 1.</param>
/// <param name="Id">Identifier.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Kind">What, such as <c>model.promoted</c>.</param>
/// <param name="Subject">About what.</param>
/// <param name="Inputs">Made from.</param>
/// <param name="Outputs">Gave rise to.</param>
/// <param name="Body">Facts.</param>
/// <param name="Prev">The previous event's hash.</param>
/// <param name="Hash">This event's hash.</param>
public sealed record LedgerEventDto(
    long Seq, string Id, DateTimeOffset At, string Actor, string Kind, string Subject,
    IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, JsonElement Body, string Prev, string Hash);

/// <summary>A page of events.</summary>
/// <param name="Events">In the asked order.</param>
/// <param name="Next">Position to go on from, or null at the end.</param>
public sealed record LedgerPageDto(IReadOnlyList<LedgerEventDto> Events, long? Next);

/// <summary>Whether history is as it was written.</summary>
/// <param name="Holds">True when nothing was found.</param>
/// <param name="Events">Events read.</param>
/// <param name="Head">The chain's last hash.</param>
/// <param name="Findings">Broken places.</param>
public sealed record LedgerVerdictDto(bool Holds, long Events, string Head, IReadOnlyList<LedgerFindingDto> Findings);

/// <summary>One broken place.</summary>
/// <param name="Seq">Position.</param>
/// <param name="Kind"><c>changed</c>, <c>removed</c> or <c>reordered</c>.</param>
/// <param name="Message">What was found.</param>
public sealed record LedgerFindingDto(long Seq, string Kind, string Message);

/// <summary>A part of the lineage graph.</summary>
/// <param name="Start">The subject asked for.</param>
/// <param name="Nodes">Subjects, the start first.</param>
/// <param name="Edges">Source → target.</param>
public sealed record LineageDto(string Start, IReadOnlyList<LineageNodeDto> Nodes, IReadOnlyList<LineageEdgeDto> Edges);

/// <summary>A subject in a lineage.</summary>
/// <param name="Subject">Printed form.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="At">When it first appeared.</param>
/// <param name="Actor">Who made it appear.</param>
/// <param name="LastEvent">Kind of the last event about it.</param>
public sealed record LineageNodeDto(string Subject, string Kind, DateTimeOffset? At, string? Actor, string? LastEvent);

/// <summary>The target was made from the source.</summary>
/// <param name="Source">Printed form of a subject.</param>
/// <param name="Target">Printed form of a subject.</param>
public sealed record LineageEdgeDto(string Source, string Target);

/// <summary>Serialisation of the ledger's records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LedgerPageDto))]
[JsonSerializable(typeof(LedgerVerdictDto))]
[JsonSerializable(typeof(LineageDto))]
public sealed partial class LedgerJson : JsonSerializerContext;
