using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.Tables;

/// <summary>The columns are these in any order; with <c>exact_match</c> false further ones are allowed.</summary>
internal sealed class ColumnsToMatchSet : TableExpectation
{
    internal override string Type => "expect_table_columns_to_match_set";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("column_set", ArgumentKind.Texts, IsRequired: true), new("exact_match", ArgumentKind.Flag)];

    internal override Result<ICheck> Compile(ExpectationCall call) => new AggregateCheck(call, _ =>
    {
        var found = call.Table.Columns.Select(column => column.Name).Order(StringComparer.Ordinal).ToList();
        var facts = new JsonObject { ["observed_value"] = List(found) };
        var expected = call.Arguments.Texts("column_set");
        if (call.Arguments.Node("column_set") is null)
            return new Finding(true, facts);
        var unexpected = found.Except(expected, StringComparer.Ordinal).ToList();
        var missing = expected.Except(found, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var mismatched = new JsonObject();
        if (unexpected.Count > 0)
            mismatched["unexpected"] = List(unexpected);
        if (missing.Count > 0)
            mismatched["missing"] = List(missing);
        if (mismatched.Count > 0)
            facts["details"] = new JsonObject { ["mismatched"] = mismatched };
        var isExact = call.Arguments.Node("exact_match") is null || call.Arguments.Flag("exact_match");
        return new Finding(missing.Count == 0 && (!isExact || unexpected.Count == 0), facts);
    });

    private static JsonArray List(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];
}
