using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Millwright.Pipelines.Schedule;

/// <summary>The aliases; with an id to spread by, each id gets a time of its own within the alias's period.</summary>
internal static class CronAlias
{
    private static readonly Dictionary<string, (string Plain, string Hashed)> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = ("0 * * * *", "h * * * * h"),
        ["@daily"] = ("0 0 * * *", "h h * * * h"),
        ["@midnight"] = ("0 0 * * *", "h h(0-2) * * * h"),
        ["@weekly"] = ("0 0 * * 0", "h h * * h h"),
        ["@monthly"] = ("0 0 1 * *", "h h h * * h"),
        ["@yearly"] = ("0 0 1 1 *", "h h h h * h"),
        ["@annually"] = ("0 0 1 1 *", "h h h h * h"),
    };

    public static string Expand(string text, string? hashId) =>
        All.TryGetValue(text, out var alias) ? (hashId is null ? alias.Plain : alias.Hashed) : text;
}

/// <summary>
/// <c>H</c>: a fixed value that depends on an id, so that many schedules do not fire at once; <c>R</c> is spread by the field itself.
/// The value is CRC-32 of the id, shifted right by the field's position, modulo the range.
/// </summary>
internal static partial class CronHash
{
    /// <summary>The field without <c>H</c> and <c>R</c>, or null when an id is missing.</summary>
    public static string? Expand(string field, int position, CronFieldKind kind, string? hashId)
    {
        var items = field.Split(',');
        for (var at = 0; at < items.Length; at++)
        {
            if (Pattern().Match(items[at]) is not { Success: true } match)
            {
                continue;
            }

            var id = match.Groups["type"].Value == "r" ? field : hashId;
            if (id is null)
            {
                return null;
            }

            items[at] = Expand(match, position, kind, id);
        }

        return string.Join(',', items);
    }

    private static string Expand(Match match, int position, CronFieldKind kind, string id)
    {
        var hasRange = match.Groups["low"].Success;
        var (low, high) = hasRange ? (Number(match, "low"), Number(match, "high")) : (kind.Low, kind.High);
        if (high < low)
        {
            return match.Value;
        }

        if (!match.Groups["step"].Success)
        {
            return Pick(id, position, low, high).ToString(CultureInfo.InvariantCulture);
        }

        var step = Math.Max(1, Number(match, "step"));
        var first = Pick(id, position, low, Math.Max(low, hasRange ? step - 1 + low : step - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{first}-{high}/{step}");
    }

    private static int Pick(string id, int position, int low, int high) => (int)((Crc32(id) >> position) % (uint)(high - low + 1)) + low;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    // CRC-32 as in ISO-HDLC (polynomial 0x04C11DB7, reflected); ids are short, so bit by bit is fast enough.
    private static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return ~crc;
    }

    [GeneratedRegex(@"^(?<type>h|r)(\((?<low>[0-9]{1,2})-(?<high>[0-9]{1,2})\))?(/(?<step>[0-9]{1,3}))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
