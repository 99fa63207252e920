using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Schedule;

/// <summary>Readings that an expression leaves open.</summary>
/// <param name="HashId">What <c>H</c> and the aliases spread by: each id gets its own fixed times; null = <c>H</c> is refused.</param>
/// <param name="BothDays">True: a day must fit the day of month AND the day of week; false, the rule of cron: one of them suffices when both are restricted.</param>
public sealed record CronOptions(string? HashId = null, bool BothDays = false);

/// <summary>
/// A cron expression on the local clock: five fields (minute, hour, day of month, month, day of week), a sixth with seconds last, or an alias
/// such as <c>@daily</c>. Beyond the classic fields: <c>L</c> (last day), <c>L5</c> (last Friday), <c>5#3</c> (third Friday), <c>H</c>.
/// </summary>
public sealed class CronExpression
{
    // A date that has not come within this time never comes: weekdays and leap years repeat after at most 40 years.
    private const int SearchYears = 50;

    private readonly CronField _minute;
    private readonly CronField _hour;
    private readonly CronField _day;
    private readonly CronField _month;
    private readonly CronField _weekday;
    private readonly CronField? _second;
    private readonly bool _bothDays;

    private CronExpression(string text, IReadOnlyList<CronField> fields, bool bothDays)
    {
        Text = text;
        (_minute, _hour, _day, _month, _weekday) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
        _second = fields.Count > 5 ? fields[5] : null;
        _bothDays = bothDays;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether every hour is allowed.</summary>
    public bool IsEveryHour => _hour.CoversAll;

    /// <summary>Reads an expression; the problem names the field and what is wrong with it.</summary>
    public static Result<CronExpression> Parse(string text, CronOptions? options = null)
    {
        options ??= new CronOptions();
        var parts = CronAlias.Expand(text, options.HashId).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (5 or 6))
        {
            return Bad(text, $"it has {parts.Length} fields, not five (or six, with seconds last)");
        }

        var fields = new List<CronField>();
        for (var at = 0; at < parts.Length; at++)
        {
            var kind = CronFieldKind.InOrder[at];
            if (CronHash.Expand(parts[at], at, kind, options.HashId) is not { } plain)
            {
                return Bad(text, "H needs an id to spread by; it is the pipeline's name in a pipeline");
            }

            if (CronField.Parse(kind, plain, out var error) is not { } field)
            {
                return Bad(text, error!);
            }

            fields.Add(field);
        }

        return new CronExpression(text, fields, options.BothDays);
    }

    /// <summary>Whether it fires at this local time; seconds count only when it has a field for them.</summary>
    public bool Matches(DateTime local) =>
        _minute[local.Minute] && _hour[local.Hour] && MatchesDay(local) && (_second?[local.Second] ?? true);

    /// <summary>The first local time after this one, or null when there is none.</summary>
    public DateTime? Next(DateTime local)
    {
        var start = Floor(local).AddSeconds(_second is null ? 60 : 1);
        var time = start.TimeOfDay;
        for (var day = start.Date; day.Year <= start.Year + SearchYears && day.Year < 9999; day = NextDay(day))
        {
            if (MatchesDay(day) && FirstTime(time) is { } found)
            {
                return day + found;
            }

            time = TimeSpan.Zero;
        }

        return null;
    }

    /// <summary>The last local time before this one, or null when there is none.</summary>
    public DateTime? Previous(DateTime local)
    {
        var floor = Floor(local);
        var start = floor < local ? floor : floor.AddSeconds(_second is null ? -60 : -1);
        var time = start.TimeOfDay;
        for (var day = start.Date; day.Year >= start.Year - SearchYears && day.Year > 1; day = PreviousDay(day))
        {
            if (MatchesDay(day) && LastTime(time) is { } found)
            {
                return day + found;
            }

            time = new TimeSpan(23, 59, 59);
        }

        return null;
    }

    private static Problem Bad(string text, string why) =>
        new("cron.invalid", $"'{text}' is not a cron expression: {why}.", "Write 'minute hour day month weekday', for example '0 3 * * *', or an alias such as @daily.");

    private DateTime Floor(DateTime local)
    {
        var whole = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, _second is null ? 0 : local.Second, DateTimeKind.Unspecified);
        return whole;
    }

    private bool MatchesDay(DateTime day)
    {
        if (!_month[day.Month])
        {
            return false;
        }

        if (_weekday.Nth.Count > 0)
        {
            // The combination has no agreed meaning; it never fires rather than on a surprising day.
            return _day.CoversAll && _weekday.Nth.Exists(nth => Fits(nth, day));
        }

        var ofMonth = _day[day.Day] || (_day.LastDay && day.Day == DateTime.DaysInMonth(day.Year, day.Month));
        var ofWeek = _weekday[(int)day.DayOfWeek];
        var isEither = !_bothDays && !_day.CoversAll && !_weekday.CoversAll;
        return isEither ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private static bool Fits(NthWeekday nth, DateTime day) =>
        (int)day.DayOfWeek == nth.Weekday
        && (nth.Nth == 0 ? day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month) : (day.Day + 6) / 7 == nth.Nth);

    private DateTime NextDay(DateTime day) =>
        _month[day.Month] ? day.AddDays(1) : new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1);

    private DateTime PreviousDay(DateTime day) =>
        _month[day.Month] ? day.AddDays(-1) : new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(-1);

    private TimeSpan? FirstTime(TimeSpan from)
    {
        for (var hour = _hour.AtOrAfter(from.Hours); hour >= 0; hour = _hour.AtOrAfter(hour + 1))
        {
            var isFirstHour = hour == from.Hours;
            for (var minute = _minute.AtOrAfter(isFirstHour ? from.Minutes : 0); minute >= 0; minute = _minute.AtOrAfter(minute + 1))
            {
                var second = _second?.AtOrAfter(isFirstHour && minute == from.Minutes ? from.Seconds : 0) ?? 0;
                if (second >= 0)
                {
                    return new TimeSpan(hour, minute, second);
                }
            }
        }

        return null;
    }

    private TimeSpan? LastTime(TimeSpan until)
    {
        for (var hour = _hour.AtOrBefore(until.Hours); hour >= 0; hour = _hour.AtOrBefore(hour - 1))
        {
            var isLastHour = hour == until.Hours;
            for (var minute = _minute.AtOrBefore(isLastHour ? until.Minutes : 59); minute >= 0; minute = _minute.AtOrBefore(minute - 1))
            {
                var second = _second?.AtOrBefore(isLastHour && minute == until.Minutes ? until.Seconds : 59) ?? 0;
                if (second >= 0)
                {
                    return new TimeSpan(hour, minute, second);
                }
            }
        }

        return null;
    }
}
