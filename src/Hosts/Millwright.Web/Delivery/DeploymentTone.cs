using Millwright.Web.Parts;

namespace Millwright.Web.Delivery;

/// <summary>How good or bad a deployment's state or a check's outcome is.</summary>
internal static class DeploymentTone
{
    public static Tone OfState(string state) => state switch
    {
        "live" => Tone.Good,
        "rolling" => Tone.Busy,
        "rolled_back" => Tone.Bad,
        "aborted" => Tone.Warn,
        _ => Tone.Quiet,
    };

    public static Tone OfOutcome(string outcome) => outcome switch
    {
        "pass" => Tone.Good,
        "fail" => Tone.Bad,
        _ => Tone.Quiet,
    };

    /// <summary>A state or move as words.</summary>
    public static string Words(string name) => name.Replace('_', ' ');
}
