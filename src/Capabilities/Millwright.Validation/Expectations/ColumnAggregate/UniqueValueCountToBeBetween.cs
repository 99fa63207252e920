using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The number of different present values lies between two bounds.</summary>
internal sealed class UniqueValueCountToBeBetween : ColumnAggregateExpectation
{
    internal override string Type => "expect_column_unique_value_count_to_be_between";

    protected override string Function(string column) => $"count(DISTINCT {column})";

    protected override bool IsDefined(ColumnKind kind) => true;
}
