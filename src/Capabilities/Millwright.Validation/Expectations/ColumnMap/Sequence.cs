using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.ColumnMap;

/// <summary>Comparison of each value with the present value before it, in the file's order; the first one always fits.</summary>
internal static class Sequence
{
    internal static string Expected(ExpectationCall call, CheckedColumn column, string sign)
    {
        var pairs = call.Scope.Select($"rowid AS r, {column.Sql} AS v, lag({column.Sql}) OVER (ORDER BY rowid) AS p", $"{column.Sql} IS NOT NULL");
        return $"rowid IN (SELECT r FROM ({pairs}) WHERE p IS NULL OR v {sign}{(call.Arguments.Flag("strictly") ? "" : "=")} p)";
    }
}
