using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The mean lies between two bounds.</summary>
internal sealed class MeanToBeBetween : ColumnAggregateExpectation
{
    internal override string Type => "expect_column_mean_to_be_between";

    protected override string Function(string column) => $"avg({column})";

}
