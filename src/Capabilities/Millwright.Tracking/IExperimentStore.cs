using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Search;
using Millwright.Tracking.Experiments;

namespace Millwright.Tracking;

/// <summary>Where experiments lie. Every change and its ledger event are one transaction.</summary>
public interface IExperimentStore
{
    /// <summary>
    /// Creates one with the next id. <paramref name="location"/> gives its artifact location once the id is known; a name in use is
    /// <see cref="TrackingProblems.ExperimentExists"/>.
    /// </summary>
    Task<Result<Experiment>> CreateAsync(
        string name, Func<ExperimentId, string> location, ImmutableSortedDictionary<string, string> tags, long at, Actor actor, CancellationToken ct);

    /// <summary>One by id, deleted ones too, or null.</summary>
    Experiment? Find(ExperimentId id);

    /// <summary>One by name, deleted ones too, or null.</summary>
    Experiment? FindByName(string name);

    /// <summary>
    /// Changes one: <paramref name="decide"/> sees it as it is inside the transaction and says what becomes of it or what is wrong. Runs
    /// follow their experiment's lifecycle.
    /// </summary>
    Task<Result<Experiment>> ChangeAsync(ExperimentId id, Func<Experiment, Result<ExperimentChange>> decide, CancellationToken ct);

    /// <summary>A page of the experiments that match; one more than asked for tells that more follow.</summary>
    IReadOnlyList<Experiment> Search(ExperimentQuery query);
}

/// <summary>What becomes of an experiment.</summary>
/// <param name="Next">Its new state.</param>
/// <param name="Event">The ledger's event, or null for what the ledger does not need to know.</param>
public sealed record ExperimentChange(Experiment Next, LedgerDraft? Event = null);

/// <summary>Which experiments.</summary>
/// <param name="Where">All conditions hold.</param>
/// <param name="OrderBy">Keys; then creation time, newest first, then id, greatest first.</param>
/// <param name="Lifecycle">Null = both.</param>
/// <param name="Offset">Rows to leave out.</param>
/// <param name="Limit">Rows at most.</param>
public sealed record ExperimentQuery(
    ImmutableArray<SearchCondition> Where, ImmutableArray<SearchOrder> OrderBy, Lifecycle? Lifecycle, int Offset, int Limit);
