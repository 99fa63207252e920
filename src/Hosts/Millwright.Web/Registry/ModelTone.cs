using Millwright.Web.Parts;

namespace Millwright.Web.Registry;

/// <summary>How good or bad a stage or a verdict is.</summary>
internal static class ModelTone
{
    public static Tone OfStage(string stage) => stage switch
    {
        "production" => Tone.Good,
        "staging" => Tone.Busy,
        _ => Tone.Quiet,
    };

    public static Tone OfVerdict(string? verdict) => verdict switch
    {
        "pass" => Tone.Good,
        "fail" => Tone.Bad,
        "inconclusive" => Tone.Warn,
        _ => Tone.Quiet,
    };
}
