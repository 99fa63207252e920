using System.Collections.Immutable;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry;

/// <summary>Where registered models are kept.</summary>
public interface IModelStore
{
    /// <summary>
    /// Changes one model in one transaction: <paramref name="decide"/> sees the model as it is (null = there is none) with its versions and
    /// says what becomes of it; the ledger's events are appended in the same transaction. A problem changes nothing.
    /// </summary>
    Task<Result<T>> ChangeAsync<T>(string name, Func<ModelState?, Result<ModelChange<T>>> decide, CancellationToken ct);

    /// <summary>A model with its versions, or null.</summary>
    ModelState? Find(string name);

    /// <summary>Every model with its versions, by name; at most <paramref name="limit"/> after a name.</summary>
    IReadOnlyList<ModelState> List(string? after, int limit);
}

/// <summary>A model as it is.</summary>
/// <param name="Model">Its own facts.</param>
/// <param name="Versions">In rising order; deleted ones are not among them.</param>
public sealed record ModelState(RegisteredModel Model, ImmutableArray<ModelVersion> Versions)
{
    /// <summary>The version of this number, or null.</summary>
    public ModelVersion? this[int version] => Versions.FirstOrDefault(candidate => candidate.Version == version);

    /// <summary>The newest version in a stage, or null.</summary>
    public ModelVersion? In(Stage stage) => Versions.LastOrDefault(candidate => candidate.Stage == stage);
}

/// <summary>What becomes of a model.</summary>
/// <typeparam name="T">What the caller wants to know afterwards.</typeparam>
/// <param name="Value">The answer.</param>
public sealed record ModelChange<T>(T Value)
{
    /// <summary>
    /// The model's new facts; null = unchanged. Another name than the changed model's makes a model of that name, which must not exist
    /// (<see cref="RegistryProblems.ModelExists"/>); with <see cref="DeletesModel"/> that is a renaming.
    /// </summary>
    public RegisteredModel? Model { get; init; }

    /// <summary>New and changed versions.</summary>
    public ImmutableArray<ModelVersion> Versions { get; init; } = [];

    /// <summary>Numbers of versions to delete.</summary>
    public ImmutableArray<int> Deleted { get; init; } = [];

    /// <summary>Whether the whole model goes.</summary>
    public bool DeletesModel { get; init; }

    /// <summary>Events to append.</summary>
    public ImmutableArray<LedgerDraft> Events { get; init; } = [];
}
