using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Validation.Results;

/// <summary>A broken expectation in a person's words: what was expected, how often it is broken, and example rows.</summary>
public static class BrokenExpectation
{
    private const int Examples = 3;

    private static readonly string[] Unspoken = ["column", "column_A", "column_B", "column_list", "condition_parser", "batch_id", "result_format", "catch_exceptions"];

    /// <summary>One line, such as <c>tenure values_to_be_between min_value=0: 3 of 7043 rows (0.04 %), such as row 12: -3</c>. Rows count from 1.</summary>
    public static string Describe(ExpectationResult broken) => $"{Statement(broken)}: {Reason(broken)}";

    private static string Statement(ExpectationResult broken)
    {
        var type = broken.Config.Type;
        foreach (var prefix in (string[])["expect_column_pair_", "expect_column_", "expect_table_", "expect_"])
        {
            if (type.StartsWith(prefix, StringComparison.Ordinal))
            {
                type = type[prefix.Length..];
                break;
            }
        }

        var arguments = broken.Config.Kwargs.Where(pair => !Unspoken.Contains(pair.Key) && pair.Value is not null)
            .Select(pair => $"{pair.Key}={Short(pair.Value)}");
        return string.Join(' ', new[] { broken.Config.Subject, type }.Where(part => part.Length > 0).Concat(arguments));
    }

    private static string Reason(ExpectationResult broken)
    {
        if (broken.Raised is { } raised)
            return $"cannot be evaluated: {raised}";
        if (broken.Result["unexpected_count"] is { } count)
            return Rows(broken.Result, count.GetValue<long>());
        if (broken.Result["details"]?["mismatched"] is { } mismatched)
            return $"mismatched {Short(mismatched, 300)}";
        return broken.Result.ContainsKey("observed_value") ? $"observed {Short(broken.Result["observed_value"])}" : "not so";
    }

    private static string Rows(JsonObject facts, long unexpected)
    {
        var values = facts["partial_unexpected_list"] as JsonArray ?? [];
        var rows = facts["partial_unexpected_index_list"] as JsonArray ?? [];
        var examples = values.Take(Examples).Select((value, index) =>
            rows.ElementAtOrDefault(index) is JsonValue row ? $"row {row.GetValue<long>() + 1}: {Short(value)}" : Short(value));
        var share = facts["unexpected_percent"] is { } percent
            ? $" ({Expectations.Arguments.Double(percent).ToString("0.##", CultureInfo.InvariantCulture)} %)"
            : "";
        var such = values.Count > 0 ? $", such as {string.Join("; ", examples)}" : "";
        return $"{unexpected} of {facts["element_count"]} rows{share}{such}";
    }

    private static string Short(JsonNode? node, int limit = 80)
    {
        var text = node switch
        {
            null => "missing",
            _ when node.GetValueKind() == JsonValueKind.String => $"'{node.GetValue<string>()}'",
            _ => node.ToJsonString(),
        };
        return text.Length <= limit ? text : text[..(limit - 1)] + "…";
    }
}
