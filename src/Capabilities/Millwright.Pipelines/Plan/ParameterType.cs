using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Pipelines.Plan;

/// <summary>A parameter's type is the JSON kind of its default value: number, text, switch, list or map.</summary>
internal static class ParameterType
{
    /// <summary>Why a value does not fit, or null when it does. Without a default any value fits; a text may also be given as a number, a switch or a list.</summary>
    public static string? Mismatch(JsonNode? standard, JsonNode? value) =>
        standard is null || value is null || Name(standard) == Name(value) || (Name(standard) == "text" && value is not JsonObject)
            ? null
            : $"expected a {Name(standard)}, such as {CanonicalJson.Write(standard)}, but found the {Name(value)} {CanonicalJson.Write(value)}";

    /// <summary>A text from a command line as the type of the default; a text that does not read as one stays a text.</summary>
    public static JsonNode? Coerce(JsonNode? standard, JsonNode? value)
    {
        if (value is not JsonValue given || given.GetValueKind() is not JsonValueKind.String || standard is null || Name(standard) == "text")
        {
            return value?.DeepClone();
        }

        var text = given.GetValue<string>();
        switch (standard.GetValueKind())
        {
            case JsonValueKind.Number when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                return JsonValue.Create(whole);
            case JsonValueKind.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                return JsonValue.Create(number);
            case JsonValueKind.True or JsonValueKind.False when bool.TryParse(text, out var isOn):
                return JsonValue.Create(isOn);
            case JsonValueKind.Array or JsonValueKind.Object:
                return TryParse(text) ?? given.DeepClone();
            default:
                return given.DeepClone();
        }
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Name(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => "number",
        JsonValueKind.String => "text",
        JsonValueKind.True or JsonValueKind.False => "switch (true or false)",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "map",
        _ => "null",
    };
}
