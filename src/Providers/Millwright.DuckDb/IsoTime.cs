using System.Globalization;

namespace Millwright.DuckDb;

/// <summary>Dates and timestamps as ISO 8601 text, with as many digits of the second as there are.</summary>
internal static class IsoTime
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    internal static string Date(int days) => days switch
    {
        int.MaxValue => "infinity",
        -int.MaxValue => "-infinity",
        _ => Text(days, TimeSpan.TicksPerDay, "yyyy-MM-dd"),
    };

    internal static string Seconds(long value) => Timestamp(value, TimeSpan.TicksPerSecond);

    internal static string Milliseconds(long value) => Timestamp(value, TimeSpan.TicksPerMillisecond);

    internal static string Microseconds(long value) => Timestamp(value, TicksPerMicrosecond);

    internal static string Nanoseconds(long value)
    {
        var text = Timestamp(value / 1000, TicksPerMicrosecond);
        var rest = value % 1000;
        return rest <= 0 ? text : (text.Contains('.', StringComparison.Ordinal) ? text : text + ".000000") + rest.ToString("000", CultureInfo.InvariantCulture);
    }

    private static string Timestamp(long value, long ticks) => value switch
    {
        long.MaxValue => "infinity",
        -long.MaxValue => "-infinity",
        _ => Text(value, ticks, value * ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.ffffff"),
    };

    private static string Text(long value, long ticks, string format)
    {
        // The engine's calendar is wider than .NET's; beyond it the raw number says more than a crash.
        var total = (Int128)value * ticks + DateTime.UnixEpoch.Ticks;
        return total < 0 || total > DateTime.MaxValue.Ticks
            ? value.ToString(CultureInfo.InvariantCulture)
            : new DateTime((long)total, DateTimeKind.Unspecified).ToString(format, CultureInfo.InvariantCulture);
    }
}
