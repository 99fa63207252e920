using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Millwright.Abstractions.Results;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Millwright.Pipelines.Yaml;

/// <summary>Reads nodes of one file, notes where each key stands, and collects errors instead of stopping at the first.</summary>
internal sealed partial class YamlReading(string file)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public List<ProblemDetail> Errors { get; } = [];

    public IReadOnlyDictionary<string, int> Lines => _lines;

    public void Error(string key, YamlNode? at, string message) =>
        Errors.Add(new ProblemDetail(message, file, at is null ? null : (int)at.Start.Line, key));

    public void Note(string key, YamlNode at) => _lines[key] = (int)at.Start.Line;

    public void Note(string key, int line) => _lines[key] = line;

    /// <summary>The entries of a map; anything else is an error and has none. Keys outside <paramref name="known"/> are errors.</summary>
    public IReadOnlyList<(string Key, YamlNode KeyNode, YamlNode Value)> Map(string key, YamlNode node, IReadOnlyList<string>? known = null)
    {
        if (node is not YamlMappingNode map)
        {
            if (!IsNull(node))
            {
                Error(key, node, $"expected a map (key: value), but found {Describe(node)}");
            }

            return [];
        }

        var entries = new List<(string, YamlNode, YamlNode)>();
        foreach (var (keyNode, value) in map)
        {
            if (keyNode is not YamlScalarNode { Value: { } name })
            {
                Error(key, keyNode, $"expected a key, but found {Describe(keyNode)}");
                continue;
            }

            if (known is not null && !known.Contains(name, StringComparer.Ordinal))
            {
                Error(Join(key, name), keyNode, $"unknown key{Nearest.Hint(name, known)} (known: {string.Join(", ", known)})");
                continue;
            }

            Note(Join(key, name), keyNode);
            entries.Add((name, keyNode, value));
        }

        return entries;
    }

    public IReadOnlyList<YamlNode> List(string key, YamlNode node)
    {
        if (node is YamlSequenceNode list)
        {
            return [.. list];
        }

        if (!IsNull(node))
        {
            Error(key, node, $"expected a list, but found {Describe(node)}");
        }

        return [];
    }

    public string? Text(string key, YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text } && !IsNull(node))
        {
            return text;
        }

        Error(key, node, $"expected a text, but found {Describe(node)}");
        return null;
    }

    /// <summary>The value by YAML's core schema: plain null, true, false and numbers; everything else is text.</summary>
    public JsonNode? Value(string key, YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(Map(key, map).Select(entry => KeyValuePair.Create(entry.Key, Value(key, entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(item => Value(key, item))]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value),
        _ => null,
    };

    public static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    public static string Join(string key, string name) => key.Length == 0 ? name : $"{key}.{name}";

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when NumberPattern().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "a map",
        YamlSequenceNode => "a list",
        YamlScalarNode scalar when !IsNull(scalar) => $"'{scalar.Value}'",
        _ => "nothing",
    };

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();
}
