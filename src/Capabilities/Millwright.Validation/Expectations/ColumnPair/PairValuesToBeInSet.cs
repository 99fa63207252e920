using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnPair;

/// <summary>The pair of values is one of <c>value_pairs_set</c>.</summary>
internal sealed class PairValuesToBeInSet : ColumnPairExpectation
{
    internal override string Type => "expect_column_pair_values_to_be_in_set";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("value_pairs_set", ArgumentKind.List, IsRequired: true)];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn first, CheckedColumn second)
    {
        if (call.Arguments.List("value_pairs_set") is not { } pairs)
            return "true";
        var alternatives = pairs.OfType<JsonArray>().Where(pair => pair.Count == 2)
            .Select(pair => (A: Literal(pair[0], first), B: Literal(pair[1], second)))
            .Where(pair => pair is { A: not null, B: not null })
            .Select(pair => $"({first.Sql} IS NOT DISTINCT FROM {pair.A} AND {second.Sql} IS NOT DISTINCT FROM {pair.B})");
        return string.Join(" OR ", alternatives.DefaultIfEmpty("false"));
    }

    /// <summary>Null for a value of another kind than the column's, which no row can have.</summary>
    private static string? Literal(JsonNode? value, CheckedColumn column) => value is null ? "NULL" : SqlText.Comparable(value, column);
}
