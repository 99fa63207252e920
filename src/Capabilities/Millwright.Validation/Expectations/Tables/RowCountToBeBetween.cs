using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.Tables;

/// <summary>The number of rows lies between two bounds, both included.</summary>
internal sealed class RowCountToBeBetween : TableExpectation
{
    internal override string Type => "expect_table_row_count_to_be_between";

    protected override IReadOnlyList<ExpectationParameter> Own => Bounds.Parameters(ArgumentKind.Whole);

    internal override Result<ICheck> Compile(ExpectationCall call) =>
        Result.Of<ICheck>(RowCount.Check(call, rows => Bounds.Hold(call.Arguments, rows)));
}
