using System.Text.Json.Nodes;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The most common value is in <c>value_set</c>; of several equally common ones, with <c>ties_okay</c>, any.</summary>
internal sealed class MostCommonValueToBeInSet : DistinctValuesExpectation
{
    internal override string Type => "expect_column_most_common_value_to_be_in_set";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("ties_okay", ArgumentKind.Flag)];

    protected override Finding Judge(Arguments arguments, IReadOnlyList<ValueCount> found)
    {
        var most = found.Count == 0 ? 0 : found.Max(entry => entry.Count);
        var tied = found.Where(entry => entry.Count == most).Select(entry => entry.Value).ToList();
        var matching = arguments.List("value_set") is { } set ? tied.Count(value => Holds(set, value)) : tied.Count;
        var isMet = arguments.List("value_set") is null || (arguments.Flag("ties_okay") ? matching > 0 : matching == 1 && tied.Count == 1);
        return new Finding(isMet, new JsonObject { ["observed_value"] = new JsonArray([.. tied.Select(value => value.DeepClone())]) });
    }
}
