using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Steps;

namespace Millwright.Pipelines;

/// <summary>Where runs, their steps, events and plans are kept.</summary>
public interface IRunStore
{
    /// <summary>
    /// Keeps a change in one transaction and returns once it is durable. Returns false, and keeps nothing, only for a new run whose trigger
    /// (other than <see cref="RunRecord.Manual"/>) already started that pipeline.
    /// </summary>
    Task<bool> SaveAsync(RunChange change, CancellationToken ct);

    /// <summary>The run of this id or of the only id that begins so, or null.</summary>
    Task<RunRecord?> FindAsync(string id, CancellationToken ct);

    /// <summary>Runs, newest first.</summary>
    Task<IReadOnlyList<RunRecord>> ListAsync(RunQuery query, CancellationToken ct);

    /// <summary>A run's steps in the order of its plan.</summary>
    Task<IReadOnlyList<StepRecord>> StepsAsync(string runId, CancellationToken ct);

    /// <summary>A run's stored events after a position, in order.</summary>
    Task<IReadOnlyList<RunEvent>> EventsAsync(string runId, long after, CancellationToken ct);

    /// <summary>The newest step that succeeded with this content key, or null.</summary>
    Task<CachedStep?> FindCachedAsync(ContentDigest key, CancellationToken ct);

    /// <summary>The newest step of this pipeline and name whose inputs were known, other than in the given run; or null. For explaining.</summary>
    Task<StepRecord?> FindLastAsync(string pipeline, string step, string exceptRun, CancellationToken ct);

    /// <summary>A stored plan as canonical JSON, or null.</summary>
    Task<string?> FindPlanAsync(ContentDigest digest, CancellationToken ct);
}

/// <summary>Everything that one transaction keeps; what is null or empty stays as it is.</summary>
public sealed record RunChange
{
    /// <summary>A run, new or as it is now.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>The plan of a new run, as canonical JSON.</summary>
    public string? Plan { get; init; }

    /// <summary>Steps, new or as they are now.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>New events.</summary>
    public IReadOnlyList<RunEvent> Events { get; init; } = [];

    /// <summary>Events of the ledger, appended in the same transaction.</summary>
    public IReadOnlyList<LedgerDraft> Ledger { get; init; } = [];
}

/// <summary>Which runs to list.</summary>
public sealed record RunQuery
{
    /// <summary>Only this pipeline's.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Only in this state.</summary>
    public RunState? State { get; init; }

    /// <summary>Only runs older than this id: the last one of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>At most so many, from 1.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>An earlier result that may stand in.</summary>
/// <param name="RunId">The run that made it.</param>
/// <param name="Outputs">Output name → content.</param>
/// <param name="Report">What it reported.</param>
public sealed record CachedStep(string RunId, ImmutableSortedDictionary<string, ContentDigest> Outputs, RunReport Report);
