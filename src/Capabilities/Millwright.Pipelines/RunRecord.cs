using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Cache;

namespace Millwright.Pipelines;

/// <summary>The state of a run.</summary>
public enum RunState
{
    /// <summary>Steps are running or about to.</summary>
    Running,

    /// <summary>Every step succeeded or was a cache hit.</summary>
    Succeeded,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>The process that ran it died; running the same command again resumes it by cache hits.</summary>
    Interrupted,
}

/// <summary>The state of a step in a run.</summary>
public enum StepState
{
    /// <summary>Waits for other steps or for a free place.</summary>
    Pending,

    /// <summary>An attempt is running, or the pause before the next one.</summary>
    Running,

    /// <summary>Ran and made its outputs.</summary>
    Succeeded,

    /// <summary>An earlier result stood in.</summary>
    Cached,

    /// <summary>Its last attempt failed.</summary>
    Failed,

    /// <summary>Never ran because something before it failed or the run ended.</summary>
    Skipped,

    /// <summary>Stopped by a cancel.</summary>
    Cancelled,

    /// <summary>The process that ran it died.</summary>
    Interrupted,
}

/// <summary>A run of a pipeline, pinned to the plan it started with.</summary>
/// <param name="Id">Sorts by creation time.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Plan">Digest of its plan.</param>
/// <param name="File">The pipeline's file, relative to the project.</param>
/// <param name="Actor">Who started it.</param>
/// <param name="StartedAt">UTC.</param>
public sealed record RunRecord(string Id, string Pipeline, ContentDigest Plan, string File, Actor Actor, DateTimeOffset StartedAt)
{
    /// <summary>Where it stands.</summary>
    public RunState State { get; init; } = RunState.Running;

    /// <summary>UTC; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The pipeline's parameters, defaults filled in.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>Git commit of the project, or null outside Git.</summary>
    public string? Commit { get; init; }

    /// <summary>Versions of the tracked data sets that it reads.</summary>
    public ImmutableArray<ContentDigest> Data { get; init; } = [];

    /// <summary>What started it: <c>manual</c>, <c>cron:…</c> or <c>event:…</c>. A trigger's text starts a pipeline once.</summary>
    public string Trigger { get; init; } = Manual;

    /// <summary>Why it failed, or null.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The trigger of runs that a person started.</summary>
    public const string Manual = "manual";

    /// <summary>Its subject in the ledger.</summary>
    public Subject Subject => Subject.Run(Id);
}

/// <summary>A step of a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Ordinal">Position in the plan, from 0.</param>
public sealed record StepRecord(string RunId, string Step, int Ordinal)
{
    /// <summary>Where it stands.</summary>
    public StepState State { get; init; } = StepState.Pending;

    /// <summary>Attempts begun so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Start of the first attempt, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC; null until it is over.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it depends on, and so its content key; null until its inputs are known.</summary>
    public StepFacets? Facets { get; init; }

    /// <summary>Why it ran, was a hit or was skipped; one sentence.</summary>
    public string Why { get; init; } = "";

    /// <summary>Output name → content, once it succeeded or was a hit.</summary>
    public ImmutableSortedDictionary<string, ContentDigest> Outputs { get; init; } = ImmutableSortedDictionary<string, ContentDigest>.Empty;

    /// <summary>What it reported, or would have.</summary>
    public RunReport Report { get; init; } = RunReport.Empty;

    /// <summary>The run that really ran it: this one, or on a hit the earlier one, which has the log.</summary>
    public string MadeBy { get; init; } = RunId;

    /// <summary>Why it failed, or null.</summary>
    public Problem? Problem { get; init; }
}
