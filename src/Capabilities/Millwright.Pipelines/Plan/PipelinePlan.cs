using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Schedule;

namespace Millwright.Pipelines.Plan;

/// <summary>
/// A pipeline as an immutable, typed graph. C# and YAML both become one; a run is pinned to the digest of its plan and never sees a later
/// edit of the file.
/// </summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>.</param>
public sealed record PipelinePlan(string Name)
{
    /// <summary>What it is for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>In the order of the source; names are unique.</summary>
    public ImmutableArray<PlanParameter> Parameters { get; init; } = [];

    /// <summary>What starts it besides people.</summary>
    public ImmutableArray<PlanTrigger> Triggers { get; init; } = [];

    /// <summary>In the order of the source; names are unique and the graph has no cycle once it is checked.</summary>
    public ImmutableArray<PlanStep> Steps { get; init; } = [];

    /// <summary>The plan as canonical JSON, which the YAML reader reads back.</summary>
    public string ToJson() => CanonicalJson.Write(PlanJson.Write(this));

    /// <summary>SHA-256 of <see cref="ToJson"/>.</summary>
    public ContentDigest Digest() => ContentDigest.Sha256(ToJson());

    /// <summary>The step of this name, or null.</summary>
    public PlanStep? Find(string step) => Steps.FirstOrDefault(candidate => candidate.Name == step);
}

/// <summary>A parameter of a pipeline.</summary>
/// <param name="Name">As used in <c>${params.NAME}</c>.</param>
/// <param name="Default">Its value unless the run gives another one; null = the run must give it. Its JSON kind is the parameter's type.</param>
/// <param name="Help">Meaning, unit and range, or null.</param>
public sealed record PlanParameter(string Name, JsonNode? Default, string? Help = null);

/// <summary>One unit of work.</summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Work">What it does.</param>
public sealed record PlanStep(string Name, StepWork Work)
{
    /// <summary>Input name → where it comes from.</summary>
    public ImmutableSortedDictionary<string, InputSource> Inputs { get; init; } = EmptyInputs;

    /// <summary>Output name → the file or folder name it is created under.</summary>
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = EmptyOutputs;

    /// <summary>Parameter → value; texts in it may hold <c>${params.NAME}</c>.</summary>
    public ImmutableSortedDictionary<string, JsonNode?> Parameters { get; init; } = EmptyParameters;

    /// <summary>Steps that must succeed first although nothing of theirs is read.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>What happens after a failure.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>Longest duration of one attempt; null = unlimited.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether an earlier result may stand in for a run.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>Every step that must finish first, without doubles.</summary>
    public IEnumerable<string> Upstream() => Inputs.Values.OfType<OutputSource>().Select(source => source.Step).Concat(Needs).Distinct(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, InputSource> EmptyInputs { get; } = ImmutableSortedDictionary.Create<string, InputSource>(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> EmptyOutputs { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, JsonNode?> EmptyParameters { get; } = ImmutableSortedDictionary.Create<string, JsonNode?>(StringComparer.Ordinal);
}

/// <summary>What a step does.</summary>
public abstract record StepWork;

/// <summary>A named action, run inside the process.</summary>
/// <param name="Action">Its name in the catalogue.</param>
public sealed record ActionWork(string Action) : StepWork;

/// <summary>A program, run as a child process in the project's folder.</summary>
/// <param name="Argv">Program and arguments, each with <c>${inputs.NAME}</c>, <c>${outputs.NAME}</c>, <c>${params.NAME}</c>.</param>
public sealed record ProgramWork(ImmutableArray<string> Argv) : StepWork;

/// <summary>A line for <c>/bin/sh</c>, run as a child process in the project's folder; references are quoted safely.</summary>
/// <param name="Script">The text.</param>
public sealed record ShellWork(string Script) : StepWork;

/// <summary>Code of a compiled C# pipeline, run as a child process.</summary>
/// <param name="Entry">The step's name in that program.</param>
/// <param name="Build">Digest of the program's sources and SDK.</param>
public sealed record CodeWork(string Entry, string Build) : StepWork;

/// <summary>Where an input comes from.</summary>
public abstract record InputSource;

/// <summary>A file or folder of the project.</summary>
/// <param name="Path">Relative to the project, with <c>/</c>.</param>
public sealed record FileSource(string Path) : InputSource;

/// <summary>A tracked data set; its version goes into the run's lineage.</summary>
/// <param name="Path">Relative to the project, with <c>/</c>.</param>
public sealed record DataSource(string Path) : InputSource;

/// <summary>An output of another step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Output">Its output.</param>
public sealed record OutputSource(string Step, string Output) : InputSource;

/// <summary>The value of a pipeline parameter, as a JSON file.</summary>
/// <param name="Name">The parameter.</param>
public sealed record ParameterSource(string Name) : InputSource;

/// <summary>What happens after a failed attempt.</summary>
/// <param name="Max">Further attempts after the first; 0 = none.</param>
/// <param name="Backoff">Pause before the second attempt; doubles with each further one.</param>
public sealed record RetryPolicy(int Max, TimeSpan Backoff)
{
    /// <summary>One attempt only.</summary>
    public static RetryPolicy None { get; } = new(0, TimeSpan.FromSeconds(1));

    /// <summary>No pause is longer than this.</summary>
    public static TimeSpan LongestBackoff { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The pause before attempt number <paramref name="attempt"/> (from 2).</summary>
    public TimeSpan PauseBefore(int attempt) =>
        TimeSpan.FromTicks((long)Math.Min(LongestBackoff.Ticks, Backoff.Ticks * Math.Pow(2, attempt - 2)));
}

/// <summary>What starts a run besides people.</summary>
public abstract record PlanTrigger;

/// <summary>A schedule.</summary>
/// <param name="Expression">Five fields, six with seconds last, or an alias such as <c>@daily</c>.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record CronTrigger(string Expression, string TimeZone) : PlanTrigger
{
    /// <summary>The schedule; <c>H</c> is spread by the pipeline's name, while an alias keeps its plain meaning.</summary>
    public Result<CronSchedule> Schedule(string pipeline)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone))
        {
            return new Problem("cron.time-zone", $"There is no time zone '{TimeZone}'; use an IANA name such as Europe/Berlin.", "Correct the time zone.");
        }

        var options = new CronOptions(Expression.StartsWith('@') ? null : pipeline);
        return CronExpression.Parse(Expression, options).Map(cron => new CronSchedule(cron, zone));
    }
}

/// <summary>An event of the ledger.</summary>
/// <param name="Kind">Such as <c>drift.detected</c>.</param>
/// <param name="Subject">A subject, or a subject's beginning up to a <c>/</c> or <c>@</c> (<c>model:churn</c>); null = any.</param>
public sealed record EventTrigger(string Kind, string? Subject) : PlanTrigger
{
    /// <summary>Whether an event of this kind and subject starts the pipeline.</summary>
    public bool Matches(string kind, string subject) => kind == Kind
        && (Subject is null || subject == Subject
            || (subject.StartsWith(Subject, StringComparison.Ordinal) && subject[Subject.Length] is '/' or '@'));
}
