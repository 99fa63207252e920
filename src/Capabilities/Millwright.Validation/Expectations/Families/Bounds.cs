using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>The arguments <c>min_value</c>, <c>max_value</c>, <c>strict_min</c> and <c>strict_max</c>.</summary>
internal static class Bounds
{
    internal static IReadOnlyList<ExpectationParameter> Parameters(ArgumentKind kind) =>
    [
        new("min_value", kind), new("max_value", kind), new("strict_min", ArgumentKind.Flag), new("strict_max", ArgumentKind.Flag),
    ];

    /// <summary>Whether a number lies between; a missing one does not.</summary>
    internal static bool Hold(Arguments arguments, double value) =>
        !double.IsNaN(value)
        && (arguments.Number("min_value") is not { } min || (arguments.Flag("strict_min") ? value > min : value >= min))
        && (arguments.Number("max_value") is not { } max || (arguments.Flag("strict_max") ? value < max : value <= max));

    /// <summary>Whether an observed value lies between bounds of its own kind.</summary>
    internal static bool Hold(Arguments arguments, JsonNode? observed) => observed?.GetValueKind() switch
    {
        null => false,
        JsonValueKind.Number => Hold(arguments, Arguments.Double(observed)),
        JsonValueKind.True or JsonValueKind.False => Hold(arguments, observed.GetValue<bool>() ? 1 : 0),
        _ => Side(arguments, observed, "min_value", "strict_min", 1) && Side(arguments, observed, "max_value", "strict_max", -1),
    };

    /// <summary>SQL that holds for values between; bounds of another kind than the column are a problem.</summary>
    internal static Result<string> Sql(Arguments arguments, CheckedColumn column)
    {
        var parts = new List<string>();
        foreach (var (name, strict, sign) in new[] { ("min_value", "strict_min", '>'), ("max_value", "strict_max", '<') })
        {
            if (arguments.Node(name) is not { } bound)
                continue;
            if (SqlText.Comparable(bound, column) is not { } literal)
            {
                return new Problem(
                    "expectation.kind",
                    $"Column values, min_value, and max_value must either be None or of the same type: column \"{column.Name}\" is {column.Type}, {name} is {bound.ToJsonString()}.",
                    "Give bounds of the column's kind, or repair the data.");
            }

            parts.Add($"{column.Sql} {sign}{(arguments.Flag(strict) ? "" : "=")} {literal}");
        }

        return parts.Count == 0 ? "true" : string.Join(" AND ", parts);
    }

    private static bool Side(Arguments arguments, JsonNode observed, string name, string strict, int sign)
    {
        if (arguments.Node(name) is not { } bound)
            return true;
        var text = observed.ToString();
        var order = TimeText.TryParse(text, out var time) && TimeText.TryParse(bound, out var limit)
            ? time.CompareTo(limit)
            : string.CompareOrdinal(text, bound.ToString());
        return arguments.Flag(strict) ? order * sign > 0 : order * sign >= 0;
    }
}
