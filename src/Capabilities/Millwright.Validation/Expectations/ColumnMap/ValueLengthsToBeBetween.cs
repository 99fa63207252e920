using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every value has so many characters.</summary>
internal sealed class ValueLengthsToBeBetween : ColumnMapExpectation
{
    internal override string Type => "expect_column_value_lengths_to_be_between";

    protected override IReadOnlyList<ExpectationParameter> Own => Bounds.Parameters(ArgumentKind.Number);

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => 
        Bounds.Sql(call.Arguments, column.Length);
}
