using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnPair;

/// <summary>The first column's value is greater than (with <c>or_equal</c> at least) the second's.</summary>
internal sealed class PairValuesAToBeGreaterThanB : ColumnPairExpectation
{
    internal override string Type => "expect_column_pair_values_a_to_be_greater_than_b";

    protected override IReadOnlyList<ExpectationParameter> Own => 
        [new("or_equal", ArgumentKind.Flag), new("parse_strings_as_datetimes", ArgumentKind.Flag)];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn first, CheckedColumn second) => 
        first.Kind == second.Kind
            ? $"{first.Sql} {(call.Arguments.Flag("or_equal") ? ">=" : ">")} {second.Sql}"
            : Unevaluable($"The columns \"{first.Name}\" ({first.Type}) and \"{second.Name}\" ({second.Type}) have no common order.");
}
