using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Multicolumn;

/// <summary>No value stands twice in one row; two missing values are the same.</summary>
internal sealed class SelectColumnValuesToBeUniqueWithinRecord : MulticolumnExpectation
{
    internal override string Type => "expect_select_column_values_to_be_unique_within_record";

    protected override IReadOnlyList<ExpectationParameter> Own => [];

    protected override Result<string> Expected(ExpectationCall call, IReadOnlyList<CheckedColumn> columns, string missing)
    {
        var clashes = columns.SelectMany((left, at) => columns.Skip(at + 1).Select(right => right.Kind == left.Kind
            ? $"{left.Sql} IS NOT DISTINCT FROM {right.Sql}"
            : $"({left.Sql} IS NULL AND {right.Sql} IS NULL)"));
        return $"NOT ({string.Join(" OR ", clashes.DefaultIfEmpty("false"))})";
    }
}
