using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Validation.Expectations;

/// <summary>An expectation's arguments, read by name; what a suite leaves out is null or the default.</summary>
internal sealed class Arguments(JsonObject kwargs)
{
    internal bool Has(string name) => kwargs.ContainsKey(name);

    internal string? Text(string name) => kwargs[name]?.GetValueKind() == JsonValueKind.String ? kwargs[name]!.GetValue<string>() : null;

    internal bool Flag(string name) => kwargs[name]?.GetValueKind() == JsonValueKind.True;

    internal double? Number(string name) => kwargs[name] is { } node && node.GetValueKind() == JsonValueKind.Number ? Double(node) : null;

    internal double Mostly => Number("mostly") ?? 1;

    internal JsonNode? Node(string name) => kwargs[name];

    internal JsonArray? List(string name) => kwargs[name] as JsonArray;

    internal IReadOnlyList<string> Texts(string name) =>
        [.. (List(name) ?? []).Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>())];

    /// <summary>A JSON number, however it was made.</summary>
    internal static double Double(JsonNode node) => node.AsValue().TryGetValue<double>(out var number)
        ? number
        : double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
