using System.Runtime.InteropServices;
using Millwright.Abstractions.Tables;
using Millwright.DuckDb.Native;
using TypeCode = Millwright.DuckDb.Native.TypeCode;

namespace Millwright.DuckDb;

/// <summary>Collects one column over the chunks of a result.</summary>
internal abstract class ColumnBuilder
{
    /// <summary>Appends the cells of one vector.</summary>
    internal abstract void Append(nint vector, int rows);

    /// <summary>The column.</summary>
    internal abstract Column Build();

    internal static ColumnBuilder For(string name, ColumnType type)
    {
        var power = Math.Pow(10, type.Scale);
        return (type.Code, type.Storage) switch
        {
            (TypeCode.Boolean, _) => new NumberBuilder<byte>(name, type.Name, cell => cell),
            (TypeCode.TinyInt, _) => new NumberBuilder<sbyte>(name, type.Name, cell => cell),
            (TypeCode.SmallInt, _) => new NumberBuilder<short>(name, type.Name, cell => cell),
            (TypeCode.Integer, _) => new NumberBuilder<int>(name, type.Name, cell => cell),
            (TypeCode.BigInt, _) => new NumberBuilder<long>(name, type.Name, cell => cell),
            (TypeCode.UTinyInt, _) => new NumberBuilder<byte>(name, type.Name, cell => cell),
            (TypeCode.USmallInt, _) => new NumberBuilder<ushort>(name, type.Name, cell => cell),
            (TypeCode.UInteger, _) => new NumberBuilder<uint>(name, type.Name, cell => cell),
            (TypeCode.UBigInt, _) => new NumberBuilder<ulong>(name, type.Name, cell => cell),
            (TypeCode.Float, _) => new NumberBuilder<float>(name, type.Name, cell => cell),
            (TypeCode.Double, _) => new NumberBuilder<double>(name, type.Name, cell => cell),
            (TypeCode.HugeInt, _) => new NumberBuilder<WideInteger>(name, type.Name, cell => cell.ToDouble()),
            (TypeCode.UHugeInt, _) => new NumberBuilder<WideInteger>(name, type.Name, cell => cell.ToUnsignedDouble()),
            (TypeCode.Decimal, TypeCode.SmallInt) => new NumberBuilder<short>(name, type.Name, cell => cell / power),
            (TypeCode.Decimal, TypeCode.Integer) => new NumberBuilder<int>(name, type.Name, cell => cell / power),
            (TypeCode.Decimal, TypeCode.BigInt) => new NumberBuilder<long>(name, type.Name, cell => cell / power),
            (TypeCode.Decimal, _) => new NumberBuilder<WideInteger>(name, type.Name, cell => cell.ToDouble() / power),
            (TypeCode.Date, _) => new TextBuilder<int>(name, type.Name, IsoTime.Date),
            (TypeCode.Timestamp, _) => new TextBuilder<long>(name, type.Name, IsoTime.Microseconds),
            (TypeCode.TimestampSeconds, _) => new TextBuilder<long>(name, type.Name, IsoTime.Seconds),
            (TypeCode.TimestampMilliseconds, _) => new TextBuilder<long>(name, type.Name, IsoTime.Milliseconds),
            (TypeCode.TimestampNanoseconds, _) => new TextBuilder<long>(name, type.Name, IsoTime.Nanoseconds),
            (TypeCode.TimestampZoned, _) => new TextBuilder<long>(name, type.Name, cell => IsoTime.Microseconds(cell) + "Z"),
            (TypeCode.Varchar, _) => new TextBuilder<TextCell>(name, type.Name, new TextCache().Read),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type.Name, "Cast it to text in the query."),
        };
    }

    private static unsafe bool IsValid(ulong* validity, int row) =>
        validity is null || (validity[row >> 6] & (1UL << (row & 63))) != 0;

    private sealed unsafe class NumberBuilder<T>(string name, string type, Func<T, double> convert) : ColumnBuilder
        where T : unmanaged
    {
        private double[] _values = [];
        private int _count;

        internal override void Append(nint vector, int rows)
        {
            if (_count + rows > _values.Length)
                Array.Resize(ref _values, Math.Max(_count + rows, _values.Length * 2));
            var cells = new ReadOnlySpan<T>(DuckDbLibrary.duckdb_vector_get_data(vector), rows);
            var validity = DuckDbLibrary.duckdb_vector_get_validity(vector);
            var target = _values.AsSpan(_count, rows);
            if (typeof(T) == typeof(double))
            {
                MemoryMarshal.Cast<T, double>(cells).CopyTo(target);
            }
            else
            {
                for (var row = 0; row < rows; row++)
                    target[row] = convert(cells[row]);
            }

            for (var row = 0; validity is not null && row < rows; row++)
            {
                if (!IsValid(validity, row))
                    target[row] = double.NaN;
            }

            _count += rows;
        }

        internal override Column Build() =>
            new NumberColumn(name, type, _values.Length == _count ? _values : _values.AsSpan(0, _count).ToArray());
    }

    private sealed unsafe class TextBuilder<T>(string name, string type, Func<T, string> convert) : ColumnBuilder
        where T : unmanaged
    {
        private readonly List<string?> _values = [];

        internal override void Append(nint vector, int rows)
        {
            var cells = new ReadOnlySpan<T>(DuckDbLibrary.duckdb_vector_get_data(vector), rows);
            var validity = DuckDbLibrary.duckdb_vector_get_validity(vector);
            for (var row = 0; row < rows; row++)
                _values.Add(IsValid(validity, row) ? convert(cells[row]) : null);
        }

        internal override Column Build() => new TextColumn(name, type, [.. _values]);
    }
}
