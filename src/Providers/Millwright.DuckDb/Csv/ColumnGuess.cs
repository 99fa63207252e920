using System.Buffers.Text;

namespace Millwright.DuckDb.Csv;

/// <summary>The narrowest type that holds every value of a column seen so far.</summary>
internal struct ColumnGuess
{
    private Kinds _possible;
    private bool _hasValue;
    private bool _hasFraction;

    internal static ColumnGuess Open => new() { _possible = Kinds.All };

    /// <summary>The engine's type. Whole numbers beyond 64 bits stay text: they are identifiers, and a double would merge them.</summary>
    internal readonly string Type => _possible switch
    {
        _ when !_hasValue => "VARCHAR",
        _ when _possible.HasFlag(Kinds.Whole) => "BIGINT",
        _ when _possible.HasFlag(Kinds.Number) && _hasFraction => "DOUBLE",
        _ when _possible.HasFlag(Kinds.Truth) => "BOOLEAN",
        _ when _possible.HasFlag(Kinds.Day) => "DATE",
        _ when _possible.HasFlag(Kinds.Moment) => "TIMESTAMP",
        _ => "VARCHAR",
    };

    /// <summary>Takes a value into account; returns which spelling of a missing value it is, or -1.</summary>
    internal int See(ReadOnlySpan<byte> field)
    {
        var kinds = _possible == Kinds.None ? Kinds.None : KindsOf(field);
        if (kinds == Kinds.None && CsvMissing.IndexOf(field) is var missing and >= 0)
            return missing;
        _hasValue = true;
        _hasFraction |= kinds.HasFlag(Kinds.Fraction);
        _possible &= kinds;
        return -1;
    }

    private static Kinds KindsOf(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
            return Kinds.None;
        var first = field[0];
        if (first is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)' ')
            return NumberOrTime(field.Trim((byte)' '));
        return IsTruth(field) ? Kinds.Truth : field is [(byte)'i' or (byte)'I', ..] && IsInfinity(field) ? Kinds.Number | Kinds.Fraction : Kinds.None;
    }

    private static Kinds NumberOrTime(ReadOnlySpan<byte> field)
    {
        var at = field is [(byte)'-' or (byte)'+', ..] ? 1 : 0;
        var digits = Digits(field, ref at);
        if (at == field.Length && digits > 0)
            return digits <= 18 || (Utf8Parser.TryParse(field, out long _, out var used) && used == field.Length) ? Kinds.Whole | Kinds.Number : Kinds.Number;
        if (digits == 4 && at == 4 && field[at] == (byte)'-')
            return Time(field);
        if (digits == 0 && IsInfinity(field[at..]))
            return Kinds.Number | Kinds.Fraction;
        if (at < field.Length && field[at] == (byte)'.')
        {
            at++;
            digits += Digits(field, ref at);
        }

        if (digits > 0 && at < field.Length && (field[at] | 0x20) == 'e')
        {
            at++;
            if (at < field.Length && field[at] is (byte)'-' or (byte)'+')
                at++;
            digits = Digits(field, ref at);
        }

        return digits > 0 && at == field.Length ? Kinds.Number | Kinds.Fraction : Kinds.None;
    }

    private static int Digits(ReadOnlySpan<byte> field, ref int at)
    {
        var start = at;
        while (at < field.Length && (uint)(field[at] - '0') <= 9)
            at++;
        return at - start;
    }

    /// <summary><c>yyyy-MM-dd</c>, or with <c>[T ]HH:mm:ss[.ffffff]</c>.</summary>
    private static Kinds Time(ReadOnlySpan<byte> field)
    {
        if (field.Length < 10 || field[7] != (byte)'-' || !Pair(field[5..], out var month) || !Pair(field[8..], out var day))
            return Kinds.None;
        var year = (field[0] - '0') * 1000 + (field[1] - '0') * 100 + (field[2] - '0') * 10 + field[3] - '0';
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return Kinds.None;
        if (field.Length == 10)
            return Kinds.Day | Kinds.Moment;
        if (field.Length < 19 || field[10] is not ((byte)' ' or (byte)'T') || field[13] != (byte)':' || field[16] != (byte)':')
            return Kinds.None;
        if (!Pair(field[11..], out var hour) || hour > 23 || !Pair(field[14..], out var minute) || minute > 59 || !Pair(field[17..], out var second) || second > 59)
            return Kinds.None;
        var at = 20;
        return field.Length == 19 || (field[19] == (byte)'.' && Digits(field, ref at) is > 0 and <= 6 && at == field.Length) ? Kinds.Moment : Kinds.None;
    }

    private static bool Pair(ReadOnlySpan<byte> field, out int value)
    {
        var (tens, ones) = (field[0] - '0', field[1] - '0');
        value = tens * 10 + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }

    private static bool IsTruth(ReadOnlySpan<byte> field) =>
        field.SequenceEqual("true"u8) || field.SequenceEqual("false"u8) || field.SequenceEqual("True"u8) || field.SequenceEqual("False"u8)
        || field.SequenceEqual("TRUE"u8) || field.SequenceEqual("FALSE"u8);

    private static bool IsInfinity(ReadOnlySpan<byte> field) =>
        field.SequenceEqual("inf"u8) || field.SequenceEqual("Infinity"u8) || field.SequenceEqual("infinity"u8) || field.SequenceEqual("INF"u8);

    [Flags]
    private enum Kinds : byte
    {
        None = 0,
        Whole = 1,
        Number = 2,
        Truth = 4,
        Day = 8,
        Moment = 16,
        Fraction = 32,
        All = 63,
    }
}
