using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.Tables;

/// <summary>There is a column of this name; with <c>column_index</c> at this position, counted from 0.</summary>
internal sealed class ColumnToExist : TableExpectation
{
    internal override string Type => "expect_column_to_exist";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("column", ArgumentKind.Text, IsRequired: true), new("column_index", ArgumentKind.Whole)];

    internal override Result<ICheck> Compile(ExpectationCall call) => new AggregateCheck(call, _ =>
    {
        var index = call.Table.Columns.ToList().FindIndex(column => column.Name == call.Arguments.Text("column"));
        return new Finding(index >= 0 && (call.Arguments.Number("column_index") is not { } expected || expected == index), []);
    });
}
