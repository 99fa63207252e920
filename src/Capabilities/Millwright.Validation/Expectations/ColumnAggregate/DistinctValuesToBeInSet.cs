using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>Every different value is one of <c>value_set</c>.</summary>
internal sealed class DistinctValuesToBeInSet : DistinctValuesExpectation
{
    internal override string Type => "expect_column_distinct_values_to_be_in_set";

    protected override Finding Judge(Arguments arguments, IReadOnlyList<ValueCount> found)
    {
        var set = arguments.List("value_set");
        return new Finding(set is null || found.All(entry => Holds(set, entry.Value)), Facts(found));
    }
}
