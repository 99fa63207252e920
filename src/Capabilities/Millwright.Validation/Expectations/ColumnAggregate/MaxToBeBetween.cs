using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The largest value lies between two bounds.</summary>
internal sealed class MaxToBeBetween : ColumnAggregateExpectation
{
    internal override string Type => "expect_column_max_to_be_between";

    protected override string Function(string column) => $"max({column})";

    protected override bool IsDefined(ColumnKind kind) => kind != ColumnKind.Other;
}
