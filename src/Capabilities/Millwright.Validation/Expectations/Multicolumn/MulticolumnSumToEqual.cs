using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Multicolumn;

/// <summary>The sum of the columns is <c>sum_total</c> in every row; with a missing value there is no sum.</summary>
internal sealed class MulticolumnSumToEqual : MulticolumnExpectation
{
    internal override string Type => "expect_multicolumn_sum_to_equal";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("sum_total", ArgumentKind.Number, IsRequired: true)];

    protected override Result<string> Expected(ExpectationCall call, IReadOnlyList<CheckedColumn> columns, string missing)
    {
        if (columns.FirstOrDefault(column => column.Kind is not (ColumnKind.Number or ColumnKind.Truth)) is { } wrong)
            return Unevaluable($"The column \"{wrong.Name}\" holds {wrong.Type}, which has no sum.");
        var sum = string.Join(" + ", columns.Select(column => $"{column.Sql}::DOUBLE"));
        return $"{sum} = {SqlText.Literal(call.Arguments.Number("sum_total") ?? double.NaN)}";
    }
}
