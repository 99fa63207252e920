using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Validation.Expectations;

/// <summary>Points in time as suites write them: ISO 8601 with a blank or a <c>T</c>, without zone.</summary>
internal static class TimeText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFF",
    ];

    internal static bool TryParse(JsonNode? node, out DateTime time)
    {
        time = default;
        return node?.GetValueKind() == JsonValueKind.String && TryParse(node.GetValue<string>(), out time);
    }

    internal static bool TryParse(string text, out DateTime time) =>
        DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
