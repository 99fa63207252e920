using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every value is at least as far along as the present value before it; with <c>strictly</c> farther.</summary>
internal sealed class ValuesToBeIncreasing : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_be_increasing";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("strictly", ArgumentKind.Flag), new("parse_strings_as_datetimes", ArgumentKind.Flag)];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => 
        Sequence.Expected(call, column, ">");
}
