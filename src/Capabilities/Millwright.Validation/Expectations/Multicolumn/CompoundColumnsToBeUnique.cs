using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Multicolumn;

/// <summary>No two rows have the same values in all the columns; every member of a group is unexpected.</summary>
internal sealed class CompoundColumnsToBeUnique : MulticolumnExpectation
{
    internal override string Type => "expect_compound_columns_to_be_unique";

    protected override IReadOnlyList<ExpectationParameter> Own => [];

    protected override Result<string> Expected(ExpectationCall call, IReadOnlyList<CheckedColumn> columns, string missing)
    {
        var names = string.Join(", ", columns.Select(column => column.Sql));
        var repeated = call.Scope.Select("rowid AS r, count(*) OVER (PARTITION BY " + names + ") AS n", $"NOT ({missing})");
        return $"rowid IN (SELECT r FROM ({repeated}) WHERE n = 1)";
    }
}
