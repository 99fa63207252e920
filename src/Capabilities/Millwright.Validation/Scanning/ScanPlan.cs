using System.Text.Json.Nodes;
using Millwright.Abstractions.Tables;

namespace Millwright.Validation.Scanning;

/// <summary>Collects the aggregates of a whole suite, so that the table is read once; equal ones are computed once.</summary>
internal sealed class ScanPlan
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    /// <summary>How many different aggregates there are.</summary>
    internal int Count => _slots.Count;

    /// <summary>Adds an aggregate; returns where its answer will be.</summary>
    internal int Add(string aggregate)
    {
        if (!_slots.TryGetValue(aggregate, out var slot))
            _slots[aggregate] = slot = _slots.Count;
        return slot;
    }

    /// <summary>The one query.</summary>
    internal string Sql(string table) =>
        $"SELECT {string.Join(", ", _slots.Select(aggregate => $"{aggregate.Key} AS a{aggregate.Value}"))} FROM {table}";
}

/// <summary>The scan's one row.</summary>
internal sealed class ScanAnswers(Table? row)
{
    /// <summary>A number; NaN when there was nothing to aggregate.</summary>
    internal double Number(int slot) => ((NumberColumn)row!.Columns[slot]).Values[0];

    /// <summary>A count.</summary>
    internal long Count(int slot) => (long)Number(slot);

    /// <summary>Any value, null when there was nothing to aggregate.</summary>
    internal JsonNode? Value(int slot) => JsonCell.At(row!.Columns[slot], 0);
}
