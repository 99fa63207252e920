using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>In no value any of the regular expressions matches.</summary>
internal sealed class ValuesToNotMatchRegexList : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_not_match_regex_list";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("regex_list", ArgumentKind.Texts, IsRequired: true)];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => 
        $"NOT ({string.Join(" OR ", call.Arguments.Texts("regex_list").Select(column.Matches).DefaultIfEmpty("false"))})";
}
