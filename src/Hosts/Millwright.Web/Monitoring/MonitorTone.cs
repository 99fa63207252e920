using Millwright.Web.Parts;

namespace Millwright.Web.Monitoring;

/// <summary>How good or bad a monitor's status or an alert's state is.</summary>
internal static class MonitorTone
{
    public static Tone OfStatus(string status) => status switch
    {
        "ok" => Tone.Good,
        "drift" => Tone.Bad,
        "no_reference" => Tone.Warn,
        _ => Tone.Quiet,
    };

    /// <summary>A status as words.</summary>
    public static string Words(string status) => status switch
    {
        "ok" => "as trained",
        "no_reference" => "nothing to compare with",
        _ => status.Replace('_', ' '),
    };

    public static Tone OfAlert(string state) => state switch
    {
        "open" => Tone.Bad,
        "acknowledged" => Tone.Warn,
        _ => Tone.Good,
    };
}
