using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Millwright.Testing.Stats;

/// <summary>Compares a result (numbers, texts, booleans, lists and dictionaries) with what a case expects, within its tolerance.</summary>
public static class StatsComparison
{
    /// <summary>Every difference, with its path; empty when all agrees.</summary>
    public static IReadOnlyList<string> Differences(StatsCase expected, object? actual)
    {
        var differences = new List<string>();
        Compare(expected.Expected, actual, [], Tolerances(expected), differences);
        return differences;
    }

    private static void Compare(
        JsonElement expected, object? actual, IReadOnlyList<string> path, List<(string[] Key, double Abs, double Rel)> tolerances, List<string> differences)
    {
        void Differ() => differences.Add($"{string.Join('.', path)}: expected {Short(expected)}, got {Short(actual)}");
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object when actual is IDictionary dictionary:
                foreach (var member in expected.EnumerateObject())
                {
                    if (dictionary.Contains(member.Name))
                    {
                        Compare(member.Value, dictionary[member.Name], [.. path, member.Name], tolerances, differences);
                    }
                    else
                    {
                        differences.Add($"{string.Join('.', path)}: '{member.Name}' is missing");
                    }
                }

                break;
            case JsonValueKind.Array when actual is IEnumerable list and not string and not IDictionary:
                var items = list.Cast<object?>().ToArray();
                if (items.Length != expected.GetArrayLength())
                {
                    differences.Add($"{string.Join('.', path)}: expected {expected.GetArrayLength()} items, got {items.Length}");
                    break;
                }

                for (var i = 0; i < items.Length; i++)
                {
                    Compare(expected[i], items[i], path, tolerances, differences);
                }

                break;
            case JsonValueKind.Null when actual is null:
                break;
            case JsonValueKind.True or JsonValueKind.False when actual is bool flag:
                if (flag != expected.GetBoolean())
                {
                    Differ();
                }

                break;
            case JsonValueKind.Number or JsonValueKind.String when actual is not null and not string && actual is IConvertible:
                if (!Close(Number(expected), Convert.ToDouble(actual, CultureInfo.InvariantCulture), path, tolerances))
                {
                    Differ();
                }

                break;
            case JsonValueKind.String when actual is string text && text == expected.GetString():
                break;
            default:
                Differ();
                break;
        }
    }

    private static bool Close(double? expected, double actual, IReadOnlyList<string> path, List<(string[] Key, double Abs, double Rel)> tolerances)
    {
        if (expected is not { } wanted)
        {
            return false;
        }

        if (double.IsNaN(wanted) || double.IsInfinity(wanted) || double.IsNaN(actual) || double.IsInfinity(actual))
        {
            return wanted.Equals(actual);
        }

        var rule = tolerances.Where(item => item.Key.All(part => part == "*" || path.Contains(part)))
            .OrderByDescending(item => item.Key is ["*"] ? 0 : item.Key.Length).FirstOrDefault();
        return Math.Abs(wanted - actual) <= rule.Abs + rule.Rel * Math.Abs(wanted);
    }

    private static double? Number(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? json.GetDouble()
        : json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => null,
        };

    private static List<(string[] Key, double Abs, double Rel)> Tolerances(StatsCase expected) =>
        expected.Json.TryGetProperty("tolerance", out var tolerance)
            ? [.. tolerance.EnumerateObject().Select(rule => (
                rule.Name.Split('.'),
                rule.Value.TryGetProperty("abs", out var abs) ? abs.GetDouble() : 0,
                rule.Value.TryGetProperty("rel", out var rel) ? rel.GetDouble() : 0))]
            : [];

    private static string Short(object? value) => value switch
    {
        JsonElement json => json.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : json.GetRawText(),
        null => "nothing",
        IConvertible plain => plain.ToString(CultureInfo.InvariantCulture),
        _ => value.GetType().Name,
    };
}
