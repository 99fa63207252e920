using System.Globalization;

namespace Millwright.Tracking.Runs;

/// <summary>Names for runs that were given none: adjective, noun and number, taken from the id so that no other randomness is needed.</summary>
internal static class RunNames
{
    private static readonly string[] Adjectives =
    [
        "able", "amber", "brave", "bright", "calm", "clean", "clear", "crisp", "eager", "fair", "fine", "gentle", "grand", "honest", "jolly", "keen",
        "kind", "light", "lively", "merry", "mild", "neat", "noble", "plain", "proud", "quick", "quiet", "sharp", "smooth", "sober", "steady", "warm",
    ];

    private static readonly string[] Nouns =
    [
        "anvil", "axle", "beam", "bolt", "cog", "crane", "dam", "flume", "forge", "gear", "grain", "hammer", "hopper", "keel", "lathe", "lever",
        "loom", "mill", "millrace", "paddle", "pinion", "press", "pulley", "rudder", "saw", "shaft", "sluice", "spindle", "stone", "timber", "weir", "wheel",
    ];

    public static string For(RunId id)
    {
        // The tail of an id is its random part.
        var number = ulong.Parse(id.Value.AsSpan(^12..), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return $"{Adjectives[(int)(number & 31)]}-{Nouns[(int)((number >> 5) & 31)]}-{(number >> 10) % 1000}";
    }
}
