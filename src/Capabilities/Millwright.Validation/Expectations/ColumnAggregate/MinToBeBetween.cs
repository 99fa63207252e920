using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The smallest value lies between two bounds.</summary>
internal sealed class MinToBeBetween : ColumnAggregateExpectation
{
    internal override string Type => "expect_column_min_to_be_between";

    protected override string Function(string column) => $"min({column})";

    protected override bool IsDefined(ColumnKind kind) => kind != ColumnKind.Other;
}
