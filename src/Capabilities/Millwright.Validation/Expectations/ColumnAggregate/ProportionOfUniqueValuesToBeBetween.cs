using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnAggregate;

/// <summary>The number of different values divided by the number of present values lies between two bounds.</summary>
internal sealed class ProportionOfUniqueValuesToBeBetween : Expectation
{
    internal override string Type => "expect_column_proportion_of_unique_values_to_be_between";

    internal override IEnumerable<ExpectationParameter> Parameters =>
        [new("column", ArgumentKind.Text, IsRequired: true), .. Bounds.Parameters(ArgumentKind.Bound)];

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column")).Map<ICheck>(column =>
    {
        var distinct = call.Plan.Add(call.Scope.Aggregate($"count(DISTINCT {column.Sql})"));
        var present = call.Plan.Add(call.Scope.Aggregate($"count({column.Sql})"));
        return new AggregateCheck(call, answers =>
        {
            var observed = JsonCell.Number(answers.Number(distinct) / answers.Number(present));
            return AggregateCheck.Observed(Bounds.Hold(call.Arguments, observed), observed);
        });
    });
}
