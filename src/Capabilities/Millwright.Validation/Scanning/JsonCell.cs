using System.Text.Json.Nodes;
using Millwright.Abstractions.Tables;

namespace Millwright.Validation.Scanning;

/// <summary>Cells as JSON values of their own kind.</summary>
internal static class JsonCell
{
    internal static JsonNode? At(Column column, int row) => column switch
    {
        _ when column.IsMissing(row) => null,
        NumberColumn { Type: "BOOLEAN" } truths => truths.Values[row] != 0,
        NumberColumn numbers => Number(numbers.Values[row]),
        _ => column.TextAt(row),
    };

    /// <summary>A number; whole ones without a fraction. Infinite and missing ones have no JSON form.</summary>
    internal static JsonNode? Number(double value) =>
        !double.IsFinite(value) ? null : double.IsInteger(value) && Math.Abs(value) < 1L << 53 ? (long)value : value;
}
