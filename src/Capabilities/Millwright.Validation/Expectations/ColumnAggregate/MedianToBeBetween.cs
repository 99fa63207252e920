using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The median (the mean of the two middle values when their number is even) lies between two bounds.</summary>
internal sealed class MedianToBeBetween : ColumnAggregateExpectation
{
    internal override string Type => "expect_column_median_to_be_between";

    protected override string Function(string column) => $"median({column})";

}
