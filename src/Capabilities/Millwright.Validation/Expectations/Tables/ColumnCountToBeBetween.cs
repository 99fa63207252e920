using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.Tables;

/// <summary>The number of columns lies between two bounds, both included.</summary>
internal sealed class ColumnCountToBeBetween : TableExpectation
{
    internal override string Type => "expect_table_column_count_to_be_between";

    protected override IReadOnlyList<ExpectationParameter> Own => Bounds.Parameters(ArgumentKind.Whole);

    internal override Result<ICheck> Compile(ExpectationCall call) => new AggregateCheck(
        call,
        _ => AggregateCheck.Observed(Bounds.Hold(call.Arguments, (double)call.Table.Columns.Count), call.Table.Columns.Count));
}
