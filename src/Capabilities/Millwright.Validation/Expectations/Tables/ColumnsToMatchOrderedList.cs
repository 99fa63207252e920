using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.Tables;

/// <summary>The columns are exactly these, in this order.</summary>
internal sealed class ColumnsToMatchOrderedList : TableExpectation
{
    internal override string Type => "expect_table_columns_to_match_ordered_list";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("column_list", ArgumentKind.Texts, IsRequired: true)];

    internal override Result<ICheck> Compile(ExpectationCall call) => new AggregateCheck(call, _ =>
    {
        var found = call.Table.Columns.Select(column => column.Name).ToList();
        var facts = new JsonObject { ["observed_value"] = new JsonArray([.. found.Select(name => (JsonNode)name)]) };
        if (call.Arguments.Node("column_list") is null)
            return new Finding(true, facts);
        var expected = call.Arguments.Texts("column_list");
        var mismatched = new JsonArray([.. Enumerable.Range(0, Math.Max(found.Count, expected.Count))
            .Where(at => found.ElementAtOrDefault(at) != expected.ElementAtOrDefault(at))
            .Select(at => (JsonNode)new JsonObject
            {
                ["Expected Column Position"] = at,
                ["Expected"] = expected.ElementAtOrDefault(at),
                ["Found"] = found.ElementAtOrDefault(at),
            })]);
        if (mismatched.Count > 0)
            facts["details"] = new JsonObject { ["mismatched"] = mismatched };
        return new Finding(mismatched.Count == 0, facts);
    });
}
