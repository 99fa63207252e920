using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every value has exactly <c>value</c> characters.</summary>
internal sealed class ValueLengthsToEqual : ColumnMapExpectation
{
    internal override string Type => "expect_column_value_lengths_to_equal";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("value", ArgumentKind.Number, IsRequired: true)];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => 
        $"{column.Length.Sql} = {SqlText.Literal(call.Arguments.Number("value") ?? double.NaN)}";
}
