using Millwright.Web.Parts;

namespace Millwright.Web.Ledger;

/// <summary>How good or bad a kind of event is, told by the verb in it.</summary>
internal static class EventTone
{
    private static readonly string[] Bad = ["failed", "rolledback", "rolled-back", "refused", "rejected", "interrupted", "crashed"];
    private static readonly string[] Warn = ["detected", "raised", "forced", "cancelled", "paused", "inconclusive"];
    private static readonly string[] Good = ["promoted", "approved", "succeeded", "passed", "completed", "resolved", "acknowledged"];

    public static Tone Of(string kind)
    {
        var verb = kind[(kind.LastIndexOf('.') + 1)..].Replace("_", "", StringComparison.Ordinal);
        return Bad.Contains(verb) ? Tone.Bad : Warn.Contains(verb) ? Tone.Warn : Good.Contains(verb) ? Tone.Good : Tone.Quiet;
    }
}
