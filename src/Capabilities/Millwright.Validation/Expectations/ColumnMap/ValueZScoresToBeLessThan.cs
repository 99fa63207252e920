using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every value is fewer than <c>threshold</c> standard deviations away from the mean; in a column without spread none is.</summary>
internal sealed class ValueZScoresToBeLessThan : ColumnMapExpectation
{
    internal override string Type => "expect_column_value_z_scores_to_be_less_than";

    protected override IReadOnlyList<ExpectationParameter> Own => 
        [new("threshold", ArgumentKind.Number, IsRequired: true), new("double_sided", ArgumentKind.Flag, IsRequired: true)];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => 
        column.Kind != ColumnKind.Number
            ? Unevaluable($"The column \"{column.Name}\" holds {column.Type}, which has no standard deviation.")
            : $"{(call.Arguments.Flag("double_sided") ? "abs" : "")}(({column.Sql} - ({call.Scope.Select($"avg({column.Sql})", "true")})) / nullif(({call.Scope.Select($"stddev_samp({column.Sql})", "true")}), 0)) < {SqlText.Literal(call.Arguments.Number("threshold") ?? double.NaN)}";
}
