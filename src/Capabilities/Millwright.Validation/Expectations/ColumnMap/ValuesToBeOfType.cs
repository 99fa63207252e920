using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>The column, or each of its values, is of the data frame type <c>type_</c>.</summary>
internal sealed class ValuesToBeOfType : Expectation
{
    internal override string Type => "expect_column_values_to_be_of_type";

    internal override IEnumerable<ExpectationParameter> Parameters =>
        [new("column", ArgumentKind.Text, IsRequired: true), new("type_", ArgumentKind.Text, IsRequired: true), new("mostly", ArgumentKind.Share)];

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column")).Then(
        column => DataFrameType.Check(call, column, call.Arguments.Text("type_") is { } type ? [type] : null));
}
