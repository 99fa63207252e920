using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnPair;

/// <summary>Both columns have the same value; a missing value equals nothing.</summary>
internal sealed class PairValuesToBeEqual : ColumnPairExpectation
{
    internal override string Type => "expect_column_pair_values_to_be_equal";

    protected override IReadOnlyList<ExpectationParameter> Own => [];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn first, CheckedColumn second) => 
        first.Kind == second.Kind ? $"{first.Sql} = {second.Sql}" : "false";
}
