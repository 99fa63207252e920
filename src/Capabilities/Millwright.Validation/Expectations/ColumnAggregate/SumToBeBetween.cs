using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The sum lies between two bounds.</summary>
internal sealed class SumToBeBetween : ColumnAggregateExpectation
{
    internal override string Type => "expect_column_sum_to_be_between";

    protected override string Function(string column) => $"sum({column})";

}
