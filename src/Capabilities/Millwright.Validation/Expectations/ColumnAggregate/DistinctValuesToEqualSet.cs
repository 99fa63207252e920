using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The different values are exactly <c>value_set</c>.</summary>
internal sealed class DistinctValuesToEqualSet : DistinctValuesExpectation
{
    internal override string Type => "expect_column_distinct_values_to_equal_set";

    protected override Finding Judge(Arguments arguments, IReadOnlyList<ValueCount> found)
    {
        var set = arguments.List("value_set");
        return new Finding(set is null || (found.All(entry => Holds(set, entry.Value)) && set.All(value => IsFound(found, value))), Facts(found));
    }
}
