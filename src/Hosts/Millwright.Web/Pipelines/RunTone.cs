using Millwright.Web.Parts;

namespace Millwright.Web.Pipelines;

/// <summary>How good or bad a state of a run or step is.</summary>
internal static class RunTone
{
    public static Tone Of(string state) => state.ToLowerInvariant() switch
    {
        "succeeded" or "finished" or "cached" => Tone.Good,
        "failed" => Tone.Bad,
        "interrupted" or "cancelled" or "killed" => Tone.Warn,
        "running" => Tone.Busy,
        _ => Tone.Quiet,
    };
}
