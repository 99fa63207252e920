using System.Collections.Immutable;
using Millwright.Abstractions.Identity;

namespace Millwright.Abstractions.Steps;

/// <summary>
/// Where the runs of pipelines become runs of an experiment: their parameters, metrics and tags. Every call is idempotent, and for a run
/// that was never started the others do nothing.
/// </summary>
public interface IRunTracker
{
    /// <summary>A run began.</summary>
    Task StartAsync(TrackedRun run, CancellationToken ct);

    /// <summary>Steps of the run reported something.</summary>
    Task LogAsync(string runId, RunReport report, CancellationToken ct);

    /// <summary>The run ended.</summary>
    Task FinishAsync(string runId, RunOutcome outcome, DateTimeOffset at, CancellationToken ct);
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>Every step succeeded or was a cache hit.</summary>
    Succeeded,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>The process that ran it died.</summary>
    Interrupted,
}

/// <summary>A run that begins.</summary>
/// <param name="RunId">Its id, the same everywhere.</param>
/// <param name="Name">A name for people, such as <c>train</c>; the experiment is named after the pipeline.</param>
/// <param name="Pipeline">The pipeline as it was.</param>
/// <param name="Actor">Who started it.</param>
/// <param name="At">When, UTC.</param>
public sealed record TrackedRun(string RunId, string Name, PipelineReference Pipeline, Actor Actor, DateTimeOffset At)
{
    /// <summary>The pipeline's parameters as they were resolved, as text.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What started it, such as <c>manual</c> or a cron expression; null when nobody says.</summary>
    public string? Trigger { get; init; }
}

/// <summary>What steps reported; also kept with a cached step and reported again on a hit.</summary>
/// <param name="Metrics">In the order of reporting.</param>
/// <param name="Parameters">The last value wins.</param>
/// <param name="Tags">The last value wins.</param>
public sealed record RunReport(
    ImmutableArray<ReportedMetric> Metrics,
    ImmutableSortedDictionary<string, string> Parameters,
    ImmutableSortedDictionary<string, string> Tags)
{
    /// <summary>Nothing.</summary>
    public static RunReport Empty { get; } = new([], ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Metrics.IsEmpty && Parameters.IsEmpty && Tags.IsEmpty;
}

/// <summary>One value of a metric.</summary>
/// <param name="Name">Unique per run.</param>
/// <param name="Value">Any double, also NaN.</param>
/// <param name="Step">Iteration, from 0.</param>
/// <param name="At">When it was reported first, UTC.</param>
public sealed record ReportedMetric(string Name, double Value, long Step, DateTimeOffset At);
