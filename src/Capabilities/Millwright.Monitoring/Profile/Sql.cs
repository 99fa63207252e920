using System.Globalization;
using Millwright.Abstractions.Tables;

namespace Millwright.Monitoring.Profile;

/// <summary>Pieces of the table engine's SQL.</summary>
internal static class Sql
{
    public static string Name(string column) => "\"" + column.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Text(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";

    /// <summary>A column as a number, where NaN and infinities count as missing.</summary>
    public static string AsNumber(string column) =>
        $"CASE WHEN isfinite({Name(column)}::DOUBLE) THEN {Name(column)}::DOUBLE END";

    public static string AsText(string column) => $"{Name(column)}::VARCHAR";

    public static long Long(this Table table, string column, int row = 0) => (long)Double(table, column, row);

    public static double Double(this Table table, string column, int row = 0) => ((NumberColumn)table[column]).Values[row];
}
