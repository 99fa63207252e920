using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The standard deviation of a sample (divisor n - 1) lies between two bounds.</summary>
internal sealed class StdevToBeBetween : ColumnAggregateExpectation
{
    internal override string Type => "expect_column_stdev_to_be_between";

    protected override string Function(string column) => $"stddev_samp({column})";

}
