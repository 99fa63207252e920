using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>Every value of <c>value_set</c> occurs.</summary>
internal sealed class DistinctValuesToContainSet : DistinctValuesExpectation
{
    internal override string Type => "expect_column_distinct_values_to_contain_set";

    protected override Finding Judge(Arguments arguments, IReadOnlyList<ValueCount> found)
    {
        var set = arguments.List("value_set");
        return new Finding(set is null || set.All(value => IsFound(found, value)), Facts(found));
    }
}
