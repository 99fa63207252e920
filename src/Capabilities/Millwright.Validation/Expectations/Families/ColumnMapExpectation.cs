using Millwright.Abstractions.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>Judges each value of one column; missing values are left out.</summary>
internal abstract class ColumnMapExpectation : Expectation
{
    internal sealed override IEnumerable<ExpectationParameter> Parameters =>
        [new("column", ArgumentKind.Text, IsRequired: true), .. Own, new("mostly", ArgumentKind.Share)];

    /// <summary>Arguments beside the column and <c>mostly</c>.</summary>
    protected virtual IReadOnlyList<ExpectationParameter> Own => [];

    /// <summary>SQL that holds for an expected value; the value is never missing.</summary>
    protected abstract Result<string> Expected(ExpectationCall call, CheckedColumn column);

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Column(call.Arguments.Text("column")).Then(
        column => Expected(call, column).Map<ICheck>(
            expected => new MapCheck(call, MapDomain.Single(column), $"{column.Sql} IS NULL", expected)));
}
