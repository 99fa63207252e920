using System.Text.Json.Nodes;
using Millwright.Abstractions.Tables;
using Millwright.Validation.Scanning;

namespace Millwright.Validation.Expectations.Families;

/// <summary>What one row of a map expectation shows: one value, a pair <c>[a, b]</c>, or a record <c>{column: value}</c>.</summary>
/// <param name="Columns">Whose values.</param>
/// <param name="Show">Makes the shown value of the columns' values.</param>
internal sealed record MapDomain(IReadOnlyList<CheckedColumn> Columns, Func<JsonNode?[], JsonNode?> Show)
{
    internal static MapDomain Single(CheckedColumn column) => new([column], values => values[0]);

    internal static MapDomain Pair(CheckedColumn first, CheckedColumn second) => new([first, second], values => new JsonArray(values));

    internal static MapDomain Record(IReadOnlyList<CheckedColumn> columns) =>
        new(columns, values => new JsonObject(columns.Zip(values, (column, value) => KeyValuePair.Create(column.Name, value))));

    /// <summary>The value of a result row whose columns are the domain's, in order.</summary>
    internal JsonNode? ShownAt(Table rows, int row, int firstColumn) => Show(ValuesAt(rows, row, firstColumn));

    /// <summary>The value under which the row is counted: records count as lists.</summary>
    internal JsonNode? CountedAt(Table rows, int row, int firstColumn)
    {
        var values = ValuesAt(rows, row, firstColumn);
        return Columns.Count == 1 ? values[0] : new JsonArray(values);
    }

    /// <summary>Whether a counted value has a missing number, which equals nothing; missing texts are all the same one.</summary>
    internal bool IsSelfUnequal(JsonNode? counted) => Columns.Count == 1
        ? counted is null && Columns[0].Kind != ColumnKind.Text
        : counted!.AsArray().Zip(Columns).Any(pair => pair.First is null && pair.Second.Kind != ColumnKind.Text);

    /// <summary>The columns' own values by name.</summary>
    internal IEnumerable<KeyValuePair<string, JsonNode?>> NamedAt(Table rows, int row, int firstColumn) =>
        Columns.Zip(ValuesAt(rows, row, firstColumn), (column, value) => KeyValuePair.Create(column.Name, value));

    private JsonNode?[] ValuesAt(Table rows, int row, int firstColumn) =>
        [.. Enumerable.Range(firstColumn, Columns.Count).Select(column => JsonCell.At(rows.Columns[column], row))];
}
