using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>No value is missing. Here every row counts.</summary>
internal sealed class ValuesToNotBeNull : Expectation
{
    internal override string Type => "expect_column_values_to_not_be_null";

    internal override IEnumerable<ExpectationParameter> Parameters =>
        [new("column", ArgumentKind.Text, IsRequired: true), new("mostly", ArgumentKind.Share)];

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column"))
        .Map<ICheck>(column => new MapCheck(call, MapDomain.Single(column), missing: null, $"{column.Sql} IS NOT NULL"));
}
