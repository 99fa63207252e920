using Millwright.Abstractions.Results;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>
/// Column types by the names that data frames use, because suites name those: whole numbers with missing values are <c>float64</c>, truth
/// values with missing ones are <c>object</c>.
/// </summary>
internal static class DataFrameType
{
    private static readonly Dictionary<string, string> Scalars = new(StringComparer.Ordinal)
    {
        ["int"] = "int64", ["i8"] = "int64", ["float"] = "float64", ["f8"] = "float64", ["double"] = "float64", ["bool"] = "bool_",
        ["object"] = "object_", ["O"] = "object_", ["datetime64[ns]"] = "datetime64", ["M8[ns]"] = "datetime64", ["datetime"] = "datetime64",
    };

    private static readonly string[] Texts = ["str", "str_", "string", "unicode", "unicode_"];

    /// <summary>
    /// A check that the column's type is one of these (null = any is). When the type alone does not decide, as for text, each value's does.
    /// </summary>
    internal static Result<ICheck> Check(ExpectationCall call, CheckedColumn column, IReadOnlyList<string>? expected)
    {
        var isObject = column.Kind is ColumnKind.Text or ColumnKind.Other;
        if (isObject && expected is not null && !expected.Any(name => Scalar(name) == "object_"))
            return new MapCheck(call, MapDomain.Single(column), $"{column.Sql} IS NULL", expected.Any(Texts.Contains) ? "true" : "false");
        var all = call.Plan.Add("count(*)");
        var present = call.Plan.Add($"count({column.Sql})");
        return new AggregateCheck(call, answers =>
        {
            var actual = Of(column, hasMissing: answers.Count(present) < answers.Count(all));
            return AggregateCheck.Observed(expected is null || expected.Any(name => Scalar(name) == actual), actual);
        });
    }

    private static string Scalar(string name) => Scalars.GetValueOrDefault(name, name);

    private static string Of(CheckedColumn column, bool hasMissing) => (column.Kind, column.Type) switch
    {
        (ColumnKind.Number, "DOUBLE" or "HUGEINT") => "float64",
        (ColumnKind.Number, "FLOAT") => "float32",
        (ColumnKind.Number, _) when hasMissing || column.Type.StartsWith("DECIMAL", StringComparison.Ordinal) => "float64",
        (ColumnKind.Number, "TINYINT") => "int8",
        (ColumnKind.Number, "SMALLINT") => "int16",
        (ColumnKind.Number, "INTEGER") => "int32",
        (ColumnKind.Number, "UTINYINT") => "uint8",
        (ColumnKind.Number, "USMALLINT") => "uint16",
        (ColumnKind.Number, "UINTEGER") => "uint32",
        (ColumnKind.Number, "UBIGINT") => "uint64",
        (ColumnKind.Number, _) => "int64",
        (ColumnKind.Truth, _) when !hasMissing => "bool_",
        (ColumnKind.Time, _) => "datetime64",
        _ => "object_",
    };
}
