using System.Text.Json;

namespace Millwright.Server.Tracking;

/// <summary>JSON as Python's <c>json.dumps</c> spaces it, for texts that clients compare as text.</summary>
internal static class PythonJson
{
    /// <summary>An object with these fields in this order; a missing one is null.</summary>
    public static string Write(JsonElement json, IEnumerable<string> fields) => "{" + string.Join(", ", fields.Select(field =>
        $"{Text(field)}: {(json.TryGetProperty(field, out var value) ? Write(value) : "null")}")) + "}";

    private static string Write(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(", ", json.EnumerateObject().Select(field => $"{Text(field.Name)}: {Write(field.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", json.EnumerateArray().Select(Write)) + "]",
        _ => json.GetRawText(),
    };

    private static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
