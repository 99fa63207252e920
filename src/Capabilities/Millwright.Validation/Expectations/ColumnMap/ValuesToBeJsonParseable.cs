using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every value is JSON text.</summary>
internal sealed class ValuesToBeJsonParseable : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_be_json_parseable";

    protected override IReadOnlyList<ExpectationParameter> Own => [];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => $"json_valid({column.SqlAsText})";
}
