using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Millwright.Server.Tests.Mlflow;

/// <summary>
/// Volatile values of a recording, <c>{{kind:n}}</c>: one that a response shows first is bound to what the server answered, one that a
/// request shows first is made up, as the client did.
/// </summary>
internal sealed partial class Placeholders
{
    private static readonly HashSet<string> Open = ["time", "tmp", "server_root", "boundary", "base", "addr"];

    private readonly Dictionary<string, string> _bound = new(StringComparer.Ordinal);

    public static bool Any(string text) => Pattern().IsMatch(text);

    public string Fill(string text) => Pattern().Replace(text, match =>
    {
        if (!_bound.TryGetValue(match.Value, out var value))
        {
            _bound[match.Value] = value = Fresh(match.Groups[1].Value);
        }

        return value;
    });

    public JsonNode? Fill(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(json.EnumerateObject().Select(field => KeyValuePair.Create(Fill(field.Name), Fill(field.Value)))),
        JsonValueKind.Array => new JsonArray([.. json.EnumerateArray().Select(Fill)]),
        JsonValueKind.String => JsonValue.Create(Fill(json.GetString()!)),
        _ => JsonNode.Parse(json.GetRawText()),
    };

    /// <summary>Whether an answered text is the wanted one; binds what is seen for the first time.</summary>
    public bool Match(string wanted, string got)
    {
        var regex = new StringBuilder("^");
        var names = new List<string>();
        var last = 0;
        foreach (Match match in Pattern().Matches(wanted))
        {
            regex.Append(Regex.Escape(wanted[last..match.Index]));
            last = match.Index + match.Length;
            if (Open.Contains(match.Groups[1].Value))
            {
                regex.Append(".*?");
            }
            else if (_bound.TryGetValue(match.Value, out var value))
            {
                regex.Append(Regex.Escape(value));
            }
            else if (names.IndexOf(match.Value) is >= 0 and var index)
            {
                regex.Append($"\\k<g{index}>");
            }
            else
            {
                regex.Append($"(?<g{names.Count}>[^/]+?)");
                names.Add(match.Value);
            }
        }

        var found = Regex.Match(got, regex.Append(Regex.Escape(wanted[last..])).Append("\\z").ToString(), RegexOptions.Singleline);
        for (var index = 0; found.Success && index < names.Count; index++)
        {
            _bound[names[index]] = found.Groups[$"g{index}"].Value;
        }

        return found.Success;
    }

    private static string Fresh(string kind)
    {
        var hex = Guid.NewGuid().ToString("n");
        return kind switch
        {
            "model_id" => "m-" + hex,
            "dataset_id" => "d-" + hex,
            "trace_id" => "tr-" + hex,
            "uuid" => Guid.NewGuid().ToString(),
            "time" => "0",
            _ => hex,
        };
    }

    [GeneratedRegex(@"\{\{([a-z_]+)(?::(\d+))?\}\}")]
    private static partial Regex Pattern();
}
