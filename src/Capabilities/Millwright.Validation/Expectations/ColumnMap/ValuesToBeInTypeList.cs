using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>The column, or each of its values, is of one of the data frame types <c>type_list</c>; without a list of any.</summary>
internal sealed class ValuesToBeInTypeList : Expectation
{
    internal override string Type => "expect_column_values_to_be_in_type_list";

    internal override IEnumerable<ExpectationParameter> Parameters =>
        [new("column", ArgumentKind.Text, IsRequired: true), new("type_list", ArgumentKind.Texts), new("mostly", ArgumentKind.Share)];

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column")).Then(
        column => DataFrameType.Check(call, column, call.Arguments.List("type_list") is null ? null : call.Arguments.Texts("type_list")));
}
