using System.Globalization;

namespace Millwright.Pipelines.Plan;

/// <summary>Durations as people write them: <c>500ms</c>, <c>1.5s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>; a bare number is seconds.</summary>
public static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads one; false when the text is none or negative.</summary>
    public static bool TryRead(string text, out TimeSpan duration)
    {
        var trimmed = text.Trim();
        var (unit, length) = Array.Find(Units, candidate => trimmed.EndsWith(candidate.Unit, StringComparison.Ordinal)) is { Unit: not null } known
            ? known
            : ("", TimeSpan.FromSeconds(1));
        duration = default;
        if (!double.TryParse(trimmed[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || count * length.Ticks > TimeSpan.MaxValue.Ticks / 2.0)
        {
            return false;
        }

        duration = length * count;
        return true;
    }

    /// <summary>Writes it in the largest unit that keeps it whole.</summary>
    public static string Write(TimeSpan duration)
    {
        var (unit, length) = Units.LastOrDefault(candidate => duration.Ticks % candidate.Length.Ticks == 0, Units[0]);
        return (duration.Ticks / (double)length.Ticks).ToString("R", CultureInfo.InvariantCulture) + unit;
    }
}
