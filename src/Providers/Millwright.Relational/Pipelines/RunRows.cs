using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines;
using Millwright.Pipelines.Cache;

namespace Millwright.Relational.Pipelines;

/// <summary>How the parts of runs that nobody searches by are written into their columns.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(StepFacets))]
[JsonSerializable(typeof(ImmutableSortedDictionary<string, string>))]
internal sealed partial class RunJson : JsonSerializerContext;

internal sealed class RunRow
{
    public const string Columns = """
        id AS Id, pipeline AS Pipeline, plan AS Plan, file AS File, actor AS Actor, state AS State, started_at AS StartedAt, finished_at AS FinishedAt,
        parameters AS Parameters, commit_sha AS CommitSha, data AS Data, started_by AS StartedBy, problem AS Problem
        """;

    public string Id { get; init; } = "";

    public string Pipeline { get; init; } = "";

    public string Plan { get; init; } = "";

    public string File { get; init; } = "";

    public string Actor { get; init; } = "";

    public string State { get; init; } = "";

    public string StartedAt { get; init; } = "";

    public string? FinishedAt { get; init; }

    public string Parameters { get; init; } = "";

    public string? CommitSha { get; init; }

    public string Data { get; init; } = "";

    public string StartedBy { get; init; } = "";

    public string? Problem { get; init; }

    public static RunRow From(RunRecord run) => new()
    {
        Id = run.Id,
        Pipeline = run.Pipeline,
        Plan = run.Plan.ToString(),
        File = run.File,
        Actor = run.Actor.Name,
        State = Cells.Name(run.State),
        StartedAt = LedgerHash.Time(run.StartedAt),
        FinishedAt = Cells.Time(run.FinishedAt),
        Parameters = run.Parameters.ToJsonString(),
        CommitSha = run.Commit,
        Data = string.Join(' ', run.Data),
        StartedBy = run.Trigger,
        Problem = Cells.Problem(run.Problem),
    };

    public RunRecord ToRecord() => new(Id, Pipeline, Cells.Digest(Plan), File, new Actor(Actor), Cells.Time(StartedAt)!.Value)
    {
        State = Enum.Parse<RunState>(State, ignoreCase: true),
        FinishedAt = Cells.Time(FinishedAt),
        Parameters = JsonNode.Parse(Parameters)!.AsObject(),
        Commit = CommitSha,
        Data = [.. Data.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Cells.Digest)],
        Trigger = StartedBy,
        Problem = Cells.Problem(Problem),
    };
}

internal sealed class StepRow
{
    public const string Columns = """
        s.run_id AS RunId, s.step AS Step, s.ordinal AS Ordinal, s.state AS State, s.attempts AS Attempts, s.started_at AS StartedAt,
        s.finished_at AS FinishedAt, s.facets AS Facets, s.why AS Why, s.outputs AS Outputs, s.report AS Report, s.made_by AS MadeBy, s.problem AS Problem
        """;

    public string RunId { get; init; } = "";

    public string Step { get; init; } = "";

    public long Ordinal { get; init; }

    public string State { get; init; } = "";

    public long Attempts { get; init; }

    public string? StartedAt { get; init; }

    public string? FinishedAt { get; init; }

    public string? CacheKey { get; init; }

    public string? Facets { get; init; }

    public string Why { get; init; } = "";

    public string Outputs { get; init; } = "";

    public string Report { get; init; } = "";

    public string MadeBy { get; init; } = "";

    public string? Problem { get; init; }

    public static StepRow From(StepRecord step) => new()
    {
        RunId = step.RunId,
        Step = step.Step,
        Ordinal = step.Ordinal,
        State = Cells.Name(step.State),
        Attempts = step.Attempts,
        StartedAt = Cells.Time(step.StartedAt),
        FinishedAt = Cells.Time(step.FinishedAt),
        CacheKey = step.Facets?.Key().ToString(),
        Facets = step.Facets is null ? null : JsonSerializer.Serialize(step.Facets, RunJson.Default.StepFacets),
        Why = step.Why,
        Outputs = JsonSerializer.Serialize(
            step.Outputs.ToImmutableSortedDictionary(output => output.Key, output => output.Value.ToString(), StringComparer.Ordinal),
            RunJson.Default.ImmutableSortedDictionaryStringString),
        Report = step.Report.IsEmpty ? "" : JsonSerializer.Serialize(step.Report, RunJson.Default.RunReport),
        MadeBy = step.MadeBy,
        Problem = Cells.Problem(step.Problem),
    };

    public StepRecord ToRecord() => new(RunId, Step, (int)Ordinal)
    {
        State = Enum.Parse<StepState>(State, ignoreCase: true),
        Attempts = (int)Attempts,
        StartedAt = Cells.Time(StartedAt),
        FinishedAt = Cells.Time(FinishedAt),
        Facets = Facets is null ? null : JsonSerializer.Deserialize(Facets, RunJson.Default.StepFacets),
        Why = Why,
        Outputs = OutputDigests(),
        Report = StepReport(),
        MadeBy = MadeBy,
        Problem = Cells.Problem(Problem),
    };

    public ImmutableSortedDictionary<string, ContentDigest> OutputDigests() =>
        JsonSerializer.Deserialize(Outputs, RunJson.Default.ImmutableSortedDictionaryStringString)!
            .ToImmutableSortedDictionary(output => output.Key, output => Cells.Digest(output.Value), StringComparer.Ordinal);

    public RunReport StepReport()
    {
        var report = Report.Length == 0 ? null : JsonSerializer.Deserialize(Report, RunJson.Default.RunReport);
        // What was empty was not written.
        return report is null ? RunReport.Empty : new RunReport(
            report.Metrics.IsDefault ? [] : report.Metrics,
            report.Parameters ?? RunReport.Empty.Parameters,
            report.Tags ?? RunReport.Empty.Tags);
    }
}

internal sealed class RunEventRow
{
    public string RunId { get; init; } = "";

    public long Seq { get; init; }

    public string At { get; init; } = "";

    public string Kind { get; init; } = "";

    public string? Step { get; init; }

    public string? State { get; init; }

    public long Attempt { get; init; }

    public string? Text { get; init; }

    public double? Duration { get; init; }

    public static RunEventRow From(RunEvent happened) => new()
    {
        RunId = happened.RunId,
        Seq = happened.Seq,
        At = LedgerHash.Time(happened.At),
        Kind = Cells.Name(happened.Kind),
        Step = happened.Step,
        State = happened.StepState is { } step ? Cells.Name(step) : happened.RunState is { } run ? Cells.Name(run) : null,
        Attempt = happened.Attempt,
        Text = happened.Text,
        Duration = happened.Duration?.TotalSeconds,
    };

    public RunEvent ToEvent() => new(RunId, Seq, Cells.Time(At)!.Value, Enum.Parse<RunEventKind>(Kind, ignoreCase: true))
    {
        Step = Step,
        StepState = Step is not null && State is not null ? Enum.Parse<StepState>(State, ignoreCase: true) : null,
        RunState = Step is null && State is not null ? Enum.Parse<RunState>(State, ignoreCase: true) : null,
        Attempt = (int)Attempt,
        Text = Text,
        Duration = Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };
}

/// <summary>Values as they stand in columns.</summary>
internal static class Cells
{
    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static string? Time(DateTimeOffset? at) => at is { } time ? LedgerHash.Time(time) : null;

    public static DateTimeOffset? Time(string? at) => at is null ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);

    public static string? Problem(Problem? problem) => problem is null ? null : JsonSerializer.Serialize(problem, RunJson.Default.Problem);

    public static Problem? Problem(string? problem)
    {
        var read = problem is null ? null : JsonSerializer.Deserialize(problem, RunJson.Default.Problem);
        return read is { Details.IsDefault: true } ? read with { Details = [] } : read;
    }

    public static ContentDigest Digest(string text) =>
        ContentDigest.TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a digest.");
}
