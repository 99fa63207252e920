using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.Tables;

/// <summary>The number of columns is exactly <c>value</c>.</summary>
internal sealed class ColumnCountToEqual : TableExpectation
{
    internal override string Type => "expect_table_column_count_to_equal";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("value", ArgumentKind.Whole, IsRequired: true)];

    internal override Result<ICheck> Compile(ExpectationCall call) => new AggregateCheck(
        call,
        _ => AggregateCheck.Observed(call.Table.Columns.Count == call.Arguments.Number("value"), call.Table.Columns.Count));
}
