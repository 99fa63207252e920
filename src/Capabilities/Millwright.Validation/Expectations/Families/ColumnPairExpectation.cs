using Millwright.Abstractions.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>Judges the values of two columns row by row; a row with one missing value is checked unless told otherwise.</summary>
internal abstract class ColumnPairExpectation : Expectation
{
    internal sealed override IEnumerable<ExpectationParameter> Parameters =>
    [
        new("column_A", ArgumentKind.Text, IsRequired: true), new("column_B", ArgumentKind.Text, IsRequired: true), .. Own,
        new("ignore_row_if", ArgumentKind.OneOf("both_values_are_missing", "either_value_is_missing", "neither")), new("mostly", ArgumentKind.Share),
    ];

    /// <summary>Arguments beside the columns.</summary>
    protected virtual IReadOnlyList<ExpectationParameter> Own => [];

    /// <summary>SQL that holds for an expected pair.</summary>
    protected abstract Result<string> Expected(ExpectationCall call, CheckedColumn first, CheckedColumn second);

    internal override Result<ICheck> Compile(ExpectationCall call) =>
        call.Columns([call.Arguments.Text("column_A"), call.Arguments.Text("column_B")]).Then(columns =>
        {
            var (first, second) = (columns[0], columns[1]);
            var missing = call.Arguments.Text("ignore_row_if") switch
            {
                "neither" => "false",
                "either_value_is_missing" => $"{first.Sql} IS NULL OR {second.Sql} IS NULL",
                _ => $"{first.Sql} IS NULL AND {second.Sql} IS NULL",
            };
            return Expected(call, first, second).Map<ICheck>(expected => new MapCheck(call, MapDomain.Pair(first, second), missing, expected));
        });
}
