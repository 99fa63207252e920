using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every value is one of <c>value_set</c>; values of another kind than the column's match nothing.</summary>
internal sealed class ValuesToBeInSet : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_be_in_set";

    protected override IReadOnlyList<ExpectationParameter> Own => [new("value_set", ArgumentKind.List), new("parse_strings_as_datetimes", ArgumentKind.Flag)];

    internal override IEnumerable<(string Argument, string Problem)> CheckTogether(Arguments arguments, SuiteVersion version) =>
        version == SuiteVersion.V0 && !arguments.Has("value_set") ? [("value_set", "A list is required.")] : [];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => SqlText.In(column, call.Arguments.List("value_set"));
}
