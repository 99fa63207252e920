using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>In no value the regular expression (RE2) matches.</summary>
internal sealed class ValuesToNotMatchRegex : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_not_match_regex";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("regex", ArgumentKind.Text, IsRequired: true)];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => 
        $"NOT {column.Matches(call.Arguments.Text("regex")!)}";
}
