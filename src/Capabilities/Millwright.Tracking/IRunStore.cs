using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Search;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking;

/// <summary>Where runs lie. Every change and its ledger event are one transaction, durable when the call returns.</summary>
public interface IRunStore
{
    /// <summary>
    /// Creates a run in an active experiment. A run of this id that exists already is returned as it is, so that a repeated call is harmless.
    /// </summary>
    Task<Result<Run>> CreateAsync(NewRun run, CancellationToken ct);

    /// <summary>A run with everything, deleted ones too, or null.</summary>
    Run? Find(RunId id);

    /// <summary>The facts of a run, or null.</summary>
    RunInfo? FindInfo(RunId id);

    /// <summary>
    /// Changes a run: <paramref name="decide"/> sees it as it is inside the transaction and says what is added to it or what is wrong.
    /// </summary>
    Task<Result<RunInfo>> ChangeAsync(RunId id, Func<IRunUnderChange, Result<RunChange>> decide, CancellationToken ct);

    /// <summary>A page of the runs that match, with everything.</summary>
    IReadOnlyList<Run> Search(RunQuery query);

    /// <summary>Points of a metric, by timestamp, step and value.</summary>
    IReadOnlyList<MetricPoint> History(RunId run, string key, int offset, int limit);

    /// <summary>The distinct steps of a metric, ascending.</summary>
    IReadOnlyList<long> Steps(RunId run, string key);

    /// <summary>Points of a metric at these steps, by step, timestamp and value.</summary>
    IReadOnlyList<MetricPoint> AtSteps(RunId run, string key, IReadOnlyCollection<long> steps, int limit);

    /// <summary>The data sets that runs of these experiments read.</summary>
    IReadOnlyList<DatasetSummary> Datasets(IReadOnlyCollection<ExperimentId> experiments, int limit);
}

/// <summary>A run inside the transaction that changes it.</summary>
public interface IRunUnderChange
{
    /// <summary>Its facts.</summary>
    RunInfo Info { get; }

    /// <summary>The value of a parameter, or null when it was not logged.</summary>
    string? Parameter(string key);

    /// <summary>The value of a tag, or null.</summary>
    string? Tag(string key);
}

/// <summary>A run to create.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Experiment">Must be active.</param>
/// <param name="Name">Not empty.</param>
/// <param name="User">May be empty.</param>
/// <param name="StartTime">Milliseconds since 1970.</param>
/// <param name="Tags">Key → value.</param>
public sealed record NewRun(RunId Id, ExperimentId Experiment, string Name, string User, long StartTime, ImmutableSortedDictionary<string, string> Tags)
{
    /// <summary>Parameters known from the start.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Who creates it; null when somebody else tells the ledger.</summary>
    public Actor? Actor { get; init; }
}

/// <summary>What is added to a run.</summary>
public sealed record RunChange
{
    /// <summary>New facts, or null to leave them.</summary>
    public RunInfo? Info { get; init; }

    /// <summary>Points to append; one that is there already is stored once.</summary>
    public IReadOnlyList<MetricPoint> Metrics { get; init; } = [];

    /// <summary>Parameters that are new.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Tags to set.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Tags to remove.</summary>
    public IReadOnlyCollection<string> RemovedTags { get; init; } = [];

    /// <summary>Data sets that were read; one that is known keeps its facts and tags.</summary>
    public IReadOnlyList<DatasetInput> Datasets { get; init; } = [];

    /// <summary>Logged models that were made.</summary>
    public IReadOnlyList<ModelOutput> Models { get; init; } = [];

    /// <summary>The ledger's event, or null.</summary>
    public LedgerDraft? Event { get; init; }
}

/// <summary>Which runs.</summary>
/// <param name="Experiments">In any of these; none finds nothing.</param>
/// <param name="Where">All conditions hold.</param>
/// <param name="OrderBy">Keys; then start time, newest first, then id.</param>
/// <param name="Lifecycle">Null = both.</param>
/// <param name="Offset">Rows to leave out.</param>
/// <param name="Limit">Rows at most.</param>
public sealed record RunQuery(
    IReadOnlyCollection<ExperimentId> Experiments, ImmutableArray<SearchCondition> Where, ImmutableArray<SearchOrder> OrderBy,
    Lifecycle? Lifecycle, int Offset, int Limit)
{
    /// <summary>Only runs that are logged by this kind; null = all.</summary>
    public RunKind? Kind { get; init; }
}

/// <summary>A data set as an experiment's runs used it.</summary>
/// <param name="Experiment">Experiment.</param>
/// <param name="Name">Name.</param>
/// <param name="Digest">Digest.</param>
/// <param name="Context">What for, or null.</param>
public sealed record DatasetSummary(ExperimentId Experiment, string Name, string Digest, string? Context);
