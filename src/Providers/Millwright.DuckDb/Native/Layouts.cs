using System.Runtime.InteropServices;
using System.Text;

namespace Millwright.DuckDb.Native;

/// <summary>The C API's <c>duckdb_result</c>; passed by value, opaque to us.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResultBlock
{
    private ulong _columnCount;
    private ulong _rowCount;
    private ulong _rowsChanged;
    private nint _columns;
    private nint _error;
    private nint _internal;
}

/// <summary>The C API's <c>duckdb_string_t</c>: up to 12 bytes stand inside, longer ones behind a pointer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TextCell
{
    private const int Inline = 12;

    private readonly uint _length;
    private fixed byte _rest[Inline];

    internal readonly bool IsInline => _length <= Inline;

    internal readonly ReadOnlySpan<byte> Key => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in this, 1));

    internal readonly string Read()
    {
        fixed (byte* rest = _rest)
            return Encoding.UTF8.GetString(IsInline ? rest : *(byte**)(rest + 4), (int)_length);
    }
}

/// <summary>The C API's <c>duckdb_hugeint</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct WideInteger
{
    private readonly ulong _lower;
    private readonly long _upper;

    internal double ToDouble() => (double)new Int128((ulong)_upper, _lower);

    internal double ToUnsignedDouble() => (double)new UInt128((ulong)_upper, _lower);
}

/// <summary>The C API's <c>duckdb_type</c>.</summary>
internal enum TypeCode
{
    Invalid = 0,
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    Timestamp = 12,
    Date = 13,
    Time = 14,
    Interval = 15,
    HugeInt = 16,
    Varchar = 17,
    Blob = 18,
    Decimal = 19,
    TimestampSeconds = 20,
    TimestampMilliseconds = 21,
    TimestampNanoseconds = 22,
    Enum = 23,
    List = 24,
    Struct = 25,
    Map = 26,
    Uuid = 27,
    Union = 28,
    Bit = 29,
    TimeZoned = 30,
    TimestampZoned = 31,
    UHugeInt = 32,
    Array = 33,
}
