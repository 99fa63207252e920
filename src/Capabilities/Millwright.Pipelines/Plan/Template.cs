using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Millwright.Pipelines.Plan;

/// <summary>A reference inside a text: <c>${params.rounds}</c>, <c>${inputs.data}</c>, <c>${outputs.model}</c>. <c>$${</c> stands for <c>${</c>.</summary>
/// <param name="Kind"><c>params</c>, <c>inputs</c> or <c>outputs</c>; anything else is an error.</param>
/// <param name="Name">What it names.</param>
internal readonly record struct Reference(string Kind, string Name)
{
    public override string ToString() => $"${{{Kind}.{Name}}}";
}

/// <summary>Texts with references in them.</summary>
internal static partial class Template
{
    /// <summary>Every reference of a text.</summary>
    public static IEnumerable<Reference> References(string text) =>
        Pattern().Matches(text).Where(match => match.Groups["kind"].Success).Select(ToReference);

    /// <summary>Every reference in the texts of a value.</summary>
    public static IEnumerable<Reference> References(JsonNode? value) => value switch
    {
        JsonObject map => map.SelectMany(entry => References(entry.Value)),
        JsonArray list => list.SelectMany(References),
        JsonValue text when text.GetValueKind() is JsonValueKind.String => References(text.GetValue<string>()),
        _ => [],
    };

    /// <summary>The text with every reference replaced.</summary>
    public static string Fill(string text, Func<Reference, int, string> value) => Pattern().Replace(
        text, match => match.Groups["kind"].Success ? value(ToReference(match), match.Index) : "${");

    /// <summary>The value with the parameters put in; a text that is nothing but a reference becomes the parameter's value with its type.</summary>
    public static JsonNode? Resolve(JsonNode? value, JsonObject parameters)
    {
        switch (value)
        {
            case JsonObject map:
                return new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Resolve(entry.Value, parameters))));
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Resolve(item, parameters))]);
            case JsonValue text when text.GetValueKind() is JsonValueKind.String:
                return ResolveText(text.GetValue<string>(), parameters);
            default:
                return value?.DeepClone();
        }
    }

    /// <summary>A parameter's value as the text that stands in a command.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() is JsonValueKind.String => text.GetValue<string>(),
        _ => CanonicalJson.Write(value),
    };

    /// <summary>
    /// A shell script in which every reference has become the quoted expansion of an environment variable, so that no value can break out
    /// of its place: bare, inside double quotes or inside single quotes.
    /// </summary>
    public static string ForShell(string script, Func<Reference, string> value, IDictionary<string, string> environment)
    {
        return Fill(script, (reference, index) =>
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"MILLWRIGHT_ARG_{environment.Count}");
            environment[name] = value(reference);
            return QuoteBefore(script, index) switch
            {
                '"' => $"${{{name}}}",
                '\'' => $"'\"${{{name}}}\"'",
                _ => $"\"${{{name}}}\"",
            };
        });
    }

    private static char QuoteBefore(string script, int end)
    {
        var quote = '\0';
        for (var at = 0; at < end; at++)
        {
            var c = script[at];
            if (c == '\\' && quote != '\'')
            {
                at++;
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == quote)
            {
                quote = '\0';
            }
        }

        return quote;
    }

    private static JsonNode? ResolveText(string text, JsonObject parameters)
    {
        var whole = Pattern().Match(text);
        return whole.Success && whole.Length == text.Length && whole.Groups["kind"].Success
            ? parameters[ToReference(whole).Name]?.DeepClone()
            : JsonValue.Create(Fill(text, (reference, _) => Text(parameters[reference.Name])));
    }

    private static Reference ToReference(Match match) => new(match.Groups["kind"].Value, match.Groups["name"].Value);

    [GeneratedRegex(@"\$\$\{|\$\{(?<kind>[A-Za-z_]+)\.(?<name>[A-Za-z0-9_.-]+)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
