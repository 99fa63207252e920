using Millwright.Abstractions.Results;
using Millwright.Validation.Expectations.Families;
using Millwright.Validation.Scanning;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Every value lies between two bounds.</summary>
internal sealed class ValuesToBeBetween : ColumnMapExpectation
{
    internal override string Type => "expect_column_values_to_be_between";

    protected override IReadOnlyList<ExpectationParameter> Own => Bounds.Parameters(ArgumentKind.Bound);

    internal override IEnumerable<(string Argument, string Problem)> CheckTogether(Arguments arguments, SuiteVersion version) =>
        version == SuiteVersion.V0 && arguments.Node("min_value") is null && arguments.Node("max_value") is null
            ? [("min_value", "min_value and max_value cannot both be missing.")]
            : [];

    protected override Result<string> Expected(ExpectationCall call, CheckedColumn column) => Bounds.Sql(call.Arguments, column);
}
