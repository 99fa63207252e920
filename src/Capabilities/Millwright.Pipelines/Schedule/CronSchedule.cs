namespace Millwright.Pipelines.Schedule;

/// <summary>
/// A cron expression in a time zone. Where clocks change, Airflow's rule holds: an expression for every hour keeps its rhythm (a repeated
/// hour runs twice, a skipped one not at all); any other fires once, at the second of two equal wall times, and a wall time that is skipped
/// moves forward by the gap.
/// </summary>
/// <param name="Expression">The expression on the local clock.</param>
/// <param name="Zone">Whose clock.</param>
public sealed record CronSchedule(CronExpression Expression, TimeZoneInfo Zone)
{
    // Further than any zone is from UTC, and than any gap is long.
    private static readonly TimeSpan Aside = TimeSpan.FromHours(40);

    /// <summary>The first instant after this one, or null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, Zone).DateTime;
        while (Expression.Next(local) is { } next)
        {
            var instant = At(after, local, next);
            if (instant > after)
            {
                return instant;
            }

            // The first of two equal wall times lies behind us while its clock reading lies ahead.
            local = next;
        }

        return null;
    }

    /// <summary>The last instant before this one, or null when there is none.</summary>
    public DateTimeOffset? Previous(DateTimeOffset before)
    {
        var local = TimeZoneInfo.ConvertTime(before, Zone).DateTime;
        while (Expression.Previous(local) is { } previous)
        {
            var instant = At(before, local, previous);
            if (instant < before)
            {
                return instant;
            }

            local = previous;
        }

        return null;
    }

    private DateTimeOffset At(DateTimeOffset from, DateTime local, DateTime wanted) =>
        Expression.IsEveryHour ? TimeZoneInfo.ConvertTime(from + (wanted - local), Zone) : ToInstant(wanted);

    private DateTimeOffset ToInstant(DateTime local)
    {
        var utc = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var (before, after) = (Zone.GetUtcOffset(utc - Aside), Zone.GetUtcOffset(utc + Aside));
        // The later reading first: it is the second of two equal wall times.
        var early = utc - before;
        var late = utc - after;
        if (early != late)
        {
            var fits = new[] { early, late }.Where(instant => instant + Zone.GetUtcOffset(instant) == utc).ToList();
            // In a gap the old clock still counts.
            early = fits.Count == 0 ? early : fits.Max();
        }

        return TimeZoneInfo.ConvertTime(new DateTimeOffset(early, TimeSpan.Zero), Zone);
    }
}
