using System.Globalization;
using System.Text.Json;
using Millwright.Pipelines.Schedule;
using Millwright.Testing;

namespace Millwright.Pipelines.Tests.Schedule;

/// <summary>Every case of every file below the area, held to croniter and to Airflow's rule for clock changes.</summary>
[Trait("Golden", "cron")]
public sealed class CronGoldenTests
{
    public static TheoryData<string, string> Cases() => Entries("cases", entry => entry.GetProperty("id").GetString()!);

    public static TheoryData<string, string> Validity() => Entries("validity", entry => entry.GetProperty("expr").GetString()!);

    public static TheoryData<string, string> Matching() => Entries("match", entry => $"{entry.GetProperty("expr").GetString()} at {entry.GetProperty("at").GetString()}");

    [Theory, MemberData(nameof(Cases))]
    public void Expression_FromStart_FiresAsRecorded(string id, string json)
    {
        var entry = JsonDocument.Parse(json).RootElement;
        var parsed = Parse(entry);
        if (entry.TryGetProperty("error", out _))
        {
            parsed.IsOk.ShouldBeFalse(id);
            return;
        }

        parsed.Problem.ShouldBeNull();
        var schedule = new CronSchedule(parsed.Value, TimeZoneInfo.FindSystemTimeZoneById(entry.GetProperty("tz").GetString()!));
        var start = Instant(entry.GetProperty("start"));
        var differs = entry.TryGetProperty("differs_from_vixie", out var flag) && flag.GetBoolean();
        // Airflow's rule is the one to schedule by; without it croniter's own answer, unless it is one of croniter's known faults.
        var next = Instants(entry, "airflow") ?? (differs ? null : Instants(entry, "next"));
        if (next is not null)
        {
            Walk(start, schedule.Next).ShouldBe(next);
        }

        // Previous times are held to croniter where it has no known fault: not around clock changes it misreads, not for 29 February.
        var isFaulty = entry.TryGetProperty("prev_error", out _) && !entry.TryGetProperty("next_error", out _);
        if (isFaulty)
        {
            schedule.Previous(start).ShouldNotBeNull();
        }
        else if (!differs)
        {
            // croniter walking backwards overlooks 29 February, which exists.
            var previous = Instants(entry, "prev")!;
            var isOverlooked = !Walk(start, schedule.Previous).SequenceEqual(previous);
            Walk(start, isOverlooked ? SkippingLeapDays(schedule) : schedule.Previous).ShouldBe(previous);
        }
    }

    private static Func<DateTimeOffset, DateTimeOffset?> SkippingLeapDays(CronSchedule schedule) => before =>
    {
        var found = schedule.Previous(before);
        while (found is { Month: 2, Day: 29 })
        {
            found = schedule.Previous(found.Value);
        }

        return found;
    };

    [Theory, MemberData(nameof(Validity))]
    public void Expression_GoodOrBad_IsJudgedAsRecorded(string expr, string json) =>
        CronExpression.Parse(expr).IsOk.ShouldBe(JsonDocument.Parse(json).RootElement.GetProperty("accepted").GetBoolean());

    [Theory, MemberData(nameof(Matching))]
    public void Expression_AtATime_MatchesAsRecorded(string name, string json)
    {
        var entry = JsonDocument.Parse(json).RootElement;
        var at = DateTime.Parse(entry.GetProperty("at").GetString()!, CultureInfo.InvariantCulture);
        CronExpression.Parse(entry.GetProperty("expr").GetString()!).Value.Matches(at).ShouldBe(entry.GetProperty("matches").GetBoolean(), name);
    }

    [Fact]
    public void Area_HasKnownKindsOnly()
    {
        var pending = Golden.Pending("cron");
        foreach (var file in Files())
        {
            JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateObject().Select(kind => kind.Name)
                .Where(kind => kind is not ("cases" or "validity" or "match" or "invalid") && !pending.Contains(kind)).ShouldBeEmpty(file);
        }
    }

    private static Millwright.Abstractions.Results.Result<CronExpression> Parse(JsonElement entry)
    {
        var options = new CronOptions();
        if (entry.TryGetProperty("options", out var given))
        {
            options = new CronOptions(
                given.TryGetProperty("hash_id", out var id) ? id.GetString() : null,
                given.TryGetProperty("day_or", out var either) && !either.GetBoolean());
        }

        return CronExpression.Parse(entry.GetProperty("expr").GetString()!, options);
    }

    private static List<string> Walk(DateTimeOffset start, Func<DateTimeOffset, DateTimeOffset?> step)
    {
        var found = new List<string>();
        for (var at = step(start); at is { } instant && found.Count < 5; at = step(instant))
        {
            found.Add(Print(instant));
        }

        return found;
    }

    private static List<string>? Instants(JsonElement entry, string key) =>
        entry.TryGetProperty(key, out var list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => Print(Instant(item)))]
            : null;

    private static DateTimeOffset Instant(JsonElement text) => DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static string Print(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Files() => Directory.Exists(Golden.Area("cron"))
        ? Directory.EnumerateFiles(Golden.Area("cron"), "*.json", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "inputs.json")
        : [];

    private static TheoryData<string, string> Entries(string kind, Func<JsonElement, string> name)
    {
        var found = new TheoryData<string, string>();
        foreach (var file in Files())
        {
            if (JsonDocument.Parse(File.ReadAllText(file)).RootElement.TryGetProperty(kind, out var list))
            {
                foreach (var entry in list.EnumerateArray())
                {
                    found.Add(name(entry), entry.GetRawText());
                }
            }
        }

        return found;
    }
}
