using TypeCode = Millwright.DuckDb.Native.TypeCode;

namespace Millwright.DuckDb;

/// <summary>A result column's type.</summary>
/// <param name="Code">What it means.</param>
/// <param name="Storage">How its cells are stored; differs for decimals.</param>
/// <param name="Scale">Decimal digits after the point.</param>
/// <param name="Name">As in SQL, upper case.</param>
internal readonly record struct ColumnType(TypeCode Code, TypeCode Storage, int Scale, string Name)
{
    internal static string NameOf(TypeCode code) => code switch
    {
        TypeCode.TimestampSeconds => "TIMESTAMP_S",
        TypeCode.TimestampMilliseconds => "TIMESTAMP_MS",
        TypeCode.TimestampNanoseconds => "TIMESTAMP_NS",
        TypeCode.TimestampZoned => "TIMESTAMP WITH TIME ZONE",
        TypeCode.TimeZoned => "TIME WITH TIME ZONE",
        _ => code.ToString().ToUpperInvariant(),
    };

    /// <summary>Whether cells are read directly; other types are cast to text by the query.</summary>
    internal bool IsReadable => Code is (>= TypeCode.Boolean and <= TypeCode.Date) or TypeCode.HugeInt or TypeCode.Varchar or TypeCode.Decimal
        or TypeCode.TimestampSeconds or TypeCode.TimestampMilliseconds or TypeCode.TimestampNanoseconds or TypeCode.TimestampZoned
        or TypeCode.UHugeInt;
}
