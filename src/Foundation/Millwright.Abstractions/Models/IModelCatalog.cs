using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Models;

/// <summary>The registry as other capabilities see it.</summary>
public interface IModelCatalog
{
    /// <summary>
    /// Finds a version: <paramref name="version"/> is a number, an alias, a stage (<c>staging</c>, <c>production</c>) or null for the newest.
    /// </summary>
    Task<Result<CatalogModel>> FindAsync(string name, string? version, CancellationToken ct);

    /// <summary>Registers a new version and returns it; registering the same run's same artifact again returns the version it made.</summary>
    Task<Result<CatalogModel>> RegisterAsync(NewModelVersion version, CancellationToken ct);

    /// <summary>Moves a version to a stage; <c>production</c> needs an approval by someone other than the author.</summary>
    Task<Result<CatalogModel>> PromoteAsync(string name, int version, string stage, Actor actor, string reason, CancellationToken ct);
}

/// <summary>A model version as other capabilities need it.</summary>
/// <param name="Name">Registered model.</param>
/// <param name="Version">From 1.</param>
/// <param name="Artifact">Digest of the model folder (<see cref="ModelFiles"/>) in the content store.</param>
/// <param name="Stage"><c>none</c>, <c>staging</c>, <c>production</c> or <c>archived</c>.</param>
/// <param name="RunId">The run that made it, or null.</param>
/// <param name="Author">Who registered it.</param>
public sealed record CatalogModel(string Name, int Version, ContentDigest Artifact, string Stage, string? RunId, Actor Author)
{
    /// <summary>Its subject in the ledger.</summary>
    public Subject Subject => Subject.Model(Name, Version);

    /// <summary>Whether someone other than its author has approved it, so that it may go to production.</summary>
    public bool IsApproved { get; init; }
}

/// <summary>What is known when a version is registered.</summary>
/// <param name="Name">Registered model; created when new.</param>
/// <param name="Artifact">Digest of the model folder in the content store.</param>
/// <param name="Author">Who.</param>
public sealed record NewModelVersion(string Name, ContentDigest Artifact, Actor Author)
{
    /// <summary>The run that made it.</summary>
    public string? RunId { get; init; }

    /// <summary>The pipeline of that run.</summary>
    public Subject? Pipeline { get; init; }

    /// <summary>Git commit.</summary>
    public string? Commit { get; init; }

    /// <summary>Data versions it was trained on.</summary>
    public ImmutableArray<ContentDigest> Data { get; init; } = [];

    /// <summary>Parameters of the training.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Metrics on the held-out split.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Free tags, such as the gate's verdict.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;
}
