using Millwright.Abstractions.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>Judges the values of several columns row by row; a row in which all are missing is left out unless told otherwise.</summary>
internal abstract class MulticolumnExpectation : Expectation
{
    internal sealed override IEnumerable<ExpectationParameter> Parameters =>
    [
        new("column_list", ArgumentKind.Texts, IsRequired: true), .. Own,
        new("ignore_row_if", ArgumentKind.OneOf("all_values_are_missing", "any_value_is_missing", "never")), new("mostly", ArgumentKind.Share),
    ];

    /// <summary>Arguments beside the columns.</summary>
    protected virtual IReadOnlyList<ExpectationParameter> Own => [];

    /// <summary>SQL that holds for an expected row.</summary>
    /// <param name="call">The expectation.</param>
    /// <param name="columns">Whose values.</param>
    /// <param name="missing">SQL: the row is left out.</param>
    protected abstract Result<string> Expected(ExpectationCall call, IReadOnlyList<CheckedColumn> columns, string missing);

    internal override Result<ICheck> Compile(ExpectationCall call) => call.Columns(call.Arguments.Texts("column_list")).Then(columns =>
    {
        var nulls = columns.Select(column => $"{column.Sql} IS NULL");
        var missing = call.Arguments.Text("ignore_row_if") switch
        {
            "never" => "false",
            "any_value_is_missing" => string.Join(" OR ", nulls),
            _ => string.Join(" AND ", nulls),
        };
        return Expected(call, columns, missing).Map<ICheck>(expected => new MapCheck(call, MapDomain.Record(columns), missing, expected));
    });
}
