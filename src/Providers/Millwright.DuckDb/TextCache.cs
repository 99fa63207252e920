using Millwright.DuckDb.Native;

namespace Millwright.DuckDb;

/// <summary>Most text columns repeat few short values; the cache makes one string of equal cells that met recently.</summary>
internal sealed class TextCache
{
    private const int Slots = 1024;
    private readonly Int128[] _keys = new Int128[Slots];
    private readonly string?[] _texts = new string?[Slots];

    internal string Read(TextCell cell)
    {
        if (!cell.IsInline)
            return cell.Read();
        var key = System.Runtime.InteropServices.MemoryMarshal.Read<Int128>(cell.Key);
        var slot = (int)((uint)key.GetHashCode() % Slots);
        if (_texts[slot] is { } known && _keys[slot] == key)
            return known;
        _keys[slot] = key;
        return _texts[slot] = cell.Read();
    }
}
