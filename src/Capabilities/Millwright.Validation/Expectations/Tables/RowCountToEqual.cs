using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.Tables;

/// <summary>The number of rows is exactly <c>value</c>.</summary>
internal sealed class RowCountToEqual : TableExpectation
{
    internal override string Type => "expect_table_row_count_to_equal";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("value", ArgumentKind.Whole, IsRequired: true)];

    internal override Result<ICheck> Compile(ExpectationCall call) =>
        Result.Of<ICheck>(RowCount.Check(call, rows => rows == call.Arguments.Number("value")));
}
