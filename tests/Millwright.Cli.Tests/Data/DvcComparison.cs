using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Millwright.Cli.Tests.Data;

/// <summary>Equality of transcripts and snapshots where the recorded tool promises an order, and equality but for the order where it does not.</summary>
[UnsupportedOSPlatform("windows")]
public static partial class DvcComparison
{
    public static IEnumerable<string> Steps(DvcStep expected, DvcStep got)
    {
        if (expected.Exit != got.Exit)
        {
            yield return $"{expected.Command}: exit expected {expected.Exit}, got {got.Exit} ({got.Stderr.Trim()})";
        }

        if (!IsSame(expected.Stdout, got.Stdout, expected.Command))
        {
            yield return $"{expected.Command}: stdout expected\n{expected.Stdout}\ngot\n{got.Stdout}";
        }

        // The remedy is ours; the recorded tool has none.
        var errors = Fix().Replace(got.Stderr, "");
        if (!IsSame(expected.Stderr, errors, expected.Command))
        {
            yield return $"{expected.Command}: stderr expected\n{expected.Stderr}\ngot\n{errors}";
        }
    }

    public static IEnumerable<string> Snapshots(string name, DvcSnapshot expected, DvcSnapshot got)
    {
        var loose = expected.Texts.Keys.Intersect(got.Texts.Keys).Where(path => IsReordered(path, expected.Texts[path], got.Texts[path])).ToHashSet();
        foreach (var path in expected.Texts.Keys.Union(got.Texts.Keys).Except(loose))
        {
            var (want, have) = (expected.Texts.GetValueOrDefault(path), got.Texts.GetValueOrDefault(path));
            if (want != have)
            {
                yield return $"{name}: {path} expected\n{want ?? "(absent)"}\ngot\n{have ?? "(absent)"}";
            }
        }

        var (wanted, found) = (Lines(expected), Lines(got));
        foreach (var line in wanted.Except(found))
        {
            yield return $"{name}: tree lacks {line}";
        }

        foreach (var line in found.Except(wanted))
        {
            yield return $"{name}: tree has {line}";
        }

        IEnumerable<string> Lines(DvcSnapshot snapshot) => snapshot.Tree.Where(line => !loose.Contains(line.Split('\t')[0]));
    }

    private static bool IsSame(string expected, string got, string command)
    {
        if (expected == got)
        {
            return true;
        }

        var strict = Strict().IsMatch(command.Split("&& ")[^1]);
        if (Json(expected) is { } a && Json(got) is { } b)
        {
            return Canon(a, sortLists: !strict) == Canon(b, sortLists: !strict);
        }

        return (!strict && SortedLines(expected).SequenceEqual(SortedLines(got)))
            || (expected.Contains("ERROR", StringComparison.Ordinal) && SortedWords(expected).SequenceEqual(SortedWords(got)));
    }

    private static bool IsReordered(string path, string a, string b) =>
        path.EndsWith(".gitignore", StringComparison.Ordinal) ? SortedLines(a).SequenceEqual(SortedLines(b))
        : path.EndsWith("dvc.lock", StringComparison.Ordinal) && Stages(a).SequenceEqual(Stages(b));

    private static IEnumerable<string> Stages(string text) => StageStart().Split(text).Order(StringComparer.Ordinal);

    private static IEnumerable<string> SortedLines(string text) => text.Split('\n').Where(line => line.Length > 0).Order(StringComparer.Ordinal);

    private static IEnumerable<string> SortedWords(string text) =>
        Word().Matches(text.Replace(".\n", "\n", StringComparison.Ordinal)).Select(m => m.Value).Order(StringComparer.Ordinal);

    private static JsonNode? Json(string text)
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

    private static string Canon(JsonNode? node, bool sortLists) => node switch
    {
        JsonObject map => "{" + string.Join(',', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Canon(p.Value, sortLists)}")) + "}",
        JsonArray list when sortLists => "[" + string.Join(',', list.Select(item => Canon(item, true)).Order(StringComparer.Ordinal)) + "]",
        JsonArray list => "[" + string.Join(',', list.Select(item => Canon(item, false))) + "]",
        _ => node?.ToJsonString() ?? "null",
    };

    [GeneratedRegex(@"^(dvc (config|remote|diff|stage|cache|check-ignore|root)|git )")]
    private static partial Regex Strict();

    [GeneratedRegex(@"(?m)^fix: .*\n")]
    private static partial Regex Fix();

    [GeneratedRegex(@"[^\s,']+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?m)^(?=  \S)")]
    private static partial Regex StageStart();
}
