using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Schedule;

/// <summary>Says when a cron expression fires next.</summary>
public sealed class NextTimes(TimeProvider clock)
{
    /// <summary>The next times, in the zone.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="timeZone">IANA name.</param>
    /// <param name="count">From 1 to 1,000.</param>
    /// <param name="after">Null = now.</param>
    public Result<IReadOnlyList<DateTimeOffset>> Run(string expression, string timeZone, int count, DateTimeOffset? after = null)
    {
        if (!CronExpression.Parse(expression).TryGet(out var cron, out var bad))
        {
            return bad;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            return new Problem("cron.time-zone", $"There is no time zone '{timeZone}'.", "Use an IANA name such as Europe/Berlin or UTC.");
        }

        var (schedule, times) = (new CronSchedule(cron, zone), new List<DateTimeOffset>());
        for (var at = schedule.Next(after ?? clock.GetUtcNow()); at is { } next && times.Count < Math.Clamp(count, 1, 1000); at = schedule.Next(next))
        {
            times.Add(next);
        }

        return times;
    }
}
