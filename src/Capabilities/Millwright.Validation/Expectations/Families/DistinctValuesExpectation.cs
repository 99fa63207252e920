using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>Judges the set of a column's present values.</summary>
internal abstract class DistinctValuesExpectation : Expectation
{
    internal sealed override IEnumerable<ExpectationParameter> Parameters =>
        [new("column", ArgumentKind.Text, IsRequired: true), new("value_set", ArgumentKind.List), .. Own];

    /// <summary>Arguments beside the column and the set.</summary>
    protected virtual IReadOnlyList<ExpectationParameter> Own => [new("parse_strings_as_datetimes", ArgumentKind.Flag)];

    /// <summary>The verdict on the values found and how often each occurs.</summary>
    protected abstract Finding Judge(Arguments arguments, IReadOnlyList<ValueCount> found);

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column")).Map<ICheck>(column => new QuestionCheck(
        call,
        _ => call.Scope.Select($"{column.Sql} AS v, count(*) AS n", $"{column.Sql} IS NOT NULL", "GROUP BY v ORDER BY v"),
        (_, table) =>
        {
            var counts = Enumerable.Range(0, table.Rows).Select(row => new ValueCount(JsonCell.At(table.Columns[0], row)!, (long)((Abstractions.Tables.NumberColumn)table.Columns[1]).Values[row]));
            return Judge(call.Arguments, [.. counts.Order(Comparer<ValueCount>.Create((left, right) => UnexpectedCounts.Compare(left.Value, right.Value) ?? 0))]);
        }));

    /// <summary>The facts: sorted values, and how often each occurs.</summary>
    protected static JsonObject Facts(IReadOnlyList<ValueCount> found) => new()
    {
        ["observed_value"] = new JsonArray([.. found.Select(entry => entry.Value.DeepClone())]),
        ["details"] = new JsonObject
        {
            ["value_counts"] = new JsonArray([.. found.Select(entry => (JsonNode)new JsonObject { ["value"] = entry.Value.DeepClone(), ["count"] = entry.Count })]),
        },
    };

    /// <summary>Whether the set holds the value; numbers compare as numbers.</summary>
    protected static bool Holds(JsonArray set, JsonNode value) => set.Any(item => item is not null && UnexpectedCounts.Compare(item, value) == 0);

    /// <summary>Whether the value is among those found.</summary>
    protected static bool IsFound(IReadOnlyList<ValueCount> found, JsonNode? value) => value is null || found.Any(entry => UnexpectedCounts.Compare(entry.Value, value) == 0);
}

/// <summary>A value and how often it occurs.</summary>
internal sealed record ValueCount(JsonNode Value, long Count);
