using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Validation.Expectations;

namespace Millwright.Validation.Scanning;

/// <summary>Literals and names of the engine's SQL.</summary>
internal static class SqlText
{
    internal static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    internal static string Literal(double number) => double.IsInteger(number) && Math.Abs(number) < 1L << 53
        ? ((long)number).ToString(CultureInfo.InvariantCulture)
        : $"{number.ToString("R", CultureInfo.InvariantCulture)}::DOUBLE";

    internal static string Literal(DateTime time) => $"TIMESTAMP '{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";

    /// <summary>
    /// A JSON value as a literal that compares with the column, or null when the two are of different kinds: the text "1" never equals
    /// the number 1.
    /// </summary>
    internal static string? Comparable(JsonNode? value, CheckedColumn column) => (column.Kind, value?.GetValueKind()) switch
    {
        (ColumnKind.Number, JsonValueKind.Number) => Literal(Arguments.Double(value!)),
        (ColumnKind.Number, JsonValueKind.True) => "1",
        (ColumnKind.Number, JsonValueKind.False) => "0",
        (ColumnKind.Truth, JsonValueKind.True) => "true",
        (ColumnKind.Truth, JsonValueKind.False) => "false",
        (ColumnKind.Truth, JsonValueKind.Number) => Arguments.Double(value!) switch { 1 => "true", 0 => "false", _ => null },
        (ColumnKind.Text, JsonValueKind.String) => Literal(value!.GetValue<string>()),
        (ColumnKind.Time, JsonValueKind.String) => TimeText.TryParse(value, out var time) ? Literal(time) : null,
        _ => null,
    };

    /// <summary>Whether the column's value is one of a list; null = every value is.</summary>
    internal static string In(CheckedColumn column, JsonArray? values)
    {
        if (values is null)
            return "true";
        var literals = values.Select(value => Comparable(value, column)).OfType<string>().ToList();
        return literals.Count == 0 ? "false" : $"{column.Sql} IN ({string.Join(", ", literals)})";
    }
}
