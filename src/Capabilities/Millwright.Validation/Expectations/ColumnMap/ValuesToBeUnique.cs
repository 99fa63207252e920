using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every value occurs once; all members of a group of equal ones are unexpected.</summary>
internal sealed class ValuesToBeUnique : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_be_unique";

    protected override IReadOnlyList<ExpectationParameter> Own => [];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => 
        $"{column.Sql} NOT IN ({call.Scope.Select(column.Sql, $"{column.Sql} IS NOT NULL", $"GROUP BY {column.Sql} HAVING count(*) > 1")})";
}
