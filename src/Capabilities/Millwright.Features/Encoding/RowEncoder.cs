using System.Collections.Frozen;
using System.Collections.Immutable;
using Millwright.Abstractions.Models;

namespace Millwright.Features.Encoding;

/// <summary>The one code path from raw values to a vector. Immutable; encoding a row allocates nothing.</summary>
public sealed class RowEncoder : IRowEncoder
{
    private const int Missing = -2;
    private const int Unseen = -1;

    private readonly Slot[] _slots;
    private readonly ImmutableArray<EncodedColumn> _columns;

    /// <summary>Makes the encoder of an encoding.</summary>
    public RowEncoder(FeatureEncoding encoding)
    {
        _columns = encoding.Columns;
        Features = encoding.Features;
        Roles = new TableRoles(encoding.Label?.Name, encoding.RowId, encoding.Keep);
        Columns = [.. encoding.Columns.Select(column => new SignatureColumn(column.Name, column.Type, column.Required))];
        _slots = new Slot[_columns.Length];
        var at = 0;
        for (var column = 0; column < _slots.Length; column++)
        {
            _slots[column] = new Slot(_columns[column], at);
            at += _slots[column].Width;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SignatureColumn> Columns { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Features { get; }

    /// <inheritdoc/>
    public TableRoles Roles { get; }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<double> values, Span<float> vector)
    {
        var slots = _slots;
        for (var column = 0; column < slots.Length; column++)
        {
            ref readonly var slot = ref slots[column];
            var value = values[column];
            if (!slot.IsText)
            {
                vector[slot.At] = slot.MissingIsZero && double.IsNaN(value) ? 0f : (float)value;
                continue;
            }

            vector.Slice(slot.At, slot.Width).Clear();
            if (value >= 0 && value < slot.Width)
            {
                vector[slot.At + (int)value] = 1f;
            }
        }
    }

    /// <inheritdoc/>
    public int CodeOf(int column, ReadOnlySpan<char> category)
    {
        // A CSV cannot tell an empty text from a missing one, so neither does the encoding.
        if (category.IsEmpty)
        {
            return Missing;
        }

        return _slots[column].Codes.TryGetValue(category, out var code) ? code : Unseen;
    }

    /// <inheritdoc/>
    public string? CategoryOf(int column, int code) =>
        code >= 0 && code < _columns[column].Categories.Length ? _columns[column].Categories[code] : null;

    private readonly struct Slot
    {
        public Slot(EncodedColumn column, int at)
        {
            At = at;
            IsText = column.IsText;
            Width = column.IsText ? column.Categories.Length : 1;
            MissingIsZero = column.Missing == MissingNumber.Zero;
            Codes = column.Categories
                .Select((category, code) => KeyValuePair.Create(category, code))
                .ToFrozenDictionary(StringComparer.Ordinal)
                .GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public int At { get; }

        public int Width { get; }

        public bool IsText { get; }

        public bool MissingIsZero { get; }

        public FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Codes { get; }
    }
}
