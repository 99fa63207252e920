using System.Text.Json;
using Millwright.Contracts.Ledger;
using Millwright.Web.Parts;

namespace Millwright.Web.Ledger;

/// <summary>How good or bad a kind of event is, told by the verb in it, or by the state in which something ended.</summary>
internal static class EventTone
{
    // A pipeline's run tells its state, a client's run its status.
    private static readonly string[] Ended = ["state", "status"];
    private static readonly string[] Bad = ["failed", "rolledback", "rolled-back", "refused", "rejected", "interrupted", "crashed"];
    private static readonly string[] Warn = ["detected", "raised", "forced", "cancelled", "killed", "paused", "inconclusive"];
    private static readonly string[] Good = ["promoted", "approved", "succeeded", "passed", "completed", "resolved", "acknowledged"];

    /// <summary>That something ended is neither good nor bad; the state in which it did is.</summary>
    public static Tone Of(LedgerEventDto happened) =>
        Of(happened.Kind) is not Tone.Quiet and var told ? told
        : Ended.Select(name => Text(happened.Body, name)).OfType<string>().FirstOrDefault() is { } state ? Of("." + state)
        : Tone.Quiet;

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static Tone Of(string kind)
    {
        var verb = kind[(kind.LastIndexOf('.') + 1)..].Replace("_", "", StringComparison.Ordinal);
        return Bad.Contains(verb) ? Tone.Bad : Warn.Contains(verb) ? Tone.Warn : Good.Contains(verb) ? Tone.Good : Tone.Quiet;
    }
}
