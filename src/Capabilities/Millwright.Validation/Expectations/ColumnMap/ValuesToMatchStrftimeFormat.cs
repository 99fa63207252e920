using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every text is a point in time written in <c>strftime_format</c>.</summary>
internal sealed class ValuesToMatchStrftimeFormat : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_match_strftime_format";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("strftime_format", ArgumentKind.Text, IsRequired: true)];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) =>
        $"try_strptime({column.SqlAsText}, {SqlText.Literal(call.Arguments.Text("strftime_format")!)}) IS NOT NULL";
}
