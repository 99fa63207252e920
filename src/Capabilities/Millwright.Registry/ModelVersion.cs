using System.Collections.Immutable;
using Millwright.Abstractions.Identity;

namespace Millwright.Registry;

/// <summary>Where a version stands on its way (MLflow's stages).</summary>
public enum Stage
{
    /// <summary>Registered, nothing more.</summary>
    None,

    /// <summary>Being tried.</summary>
    Staging,

    /// <summary>In use; needs an approval by someone other than the author, and no rejection.</summary>
    Production,

    /// <summary>No longer in use.</summary>
    Archived,
}

/// <summary>A registered model: a name with versions.</summary>
/// <param name="Name">Unique.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC; of the model's own facts or of its newest version.</param>
public sealed record RegisteredModel(string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Free tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Alias → version.</summary>
    public ImmutableSortedDictionary<string, int> Aliases { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The greatest version number ever given out, deleted versions included.</summary>
    public int LastVersion { get; init; }
}

/// <summary>One version of a registered model.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">From 1.</param>
/// <param name="Author">Who registered it.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record ModelVersion(string Name, int Version, Actor Author, DateTimeOffset CreatedAt)
{
    /// <summary>UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    /// <summary>Where it stands.</summary>
    public Stage Stage { get; init; }

    /// <summary>Digest of the model folder in the content store; null when its files lie at <see cref="Source"/>.</summary>
    public ContentDigest? Artifact { get; init; }

    /// <summary>Where a client said that its files lie; empty when <see cref="Artifact"/> says it.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where a client said that the run can be seen; may be empty.</summary>
    public string RunLink { get; init; } = "";

    /// <summary>The logged model that a client made it from; may be empty.</summary>
    public string LoggedModel { get; init; } = "";

    /// <summary>The run that made it, or null.</summary>
    public string? RunId { get; init; }

    /// <summary>The pipeline of that run, as a subject, or null.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Git commit, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Data versions it was trained on.</summary>
    public ImmutableArray<ContentDigest> Data { get; init; } = [];

    /// <summary>Parameters of the training.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Metrics on the held-out split.</summary>
    public ImmutableSortedDictionary<string, double> Metrics { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Free tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Who approved or rejected it; each person's newest word, oldest first.</summary>
    public ImmutableArray<Approval> Approvals { get; init; } = [];

    /// <summary>Whether someone other than the author has approved it and nobody's rejection stands.</summary>
    public bool IsApproved => Rejection is null && Approvals.Any(approval => approval.By != Author);

    /// <summary>A rejection that stands, or null.</summary>
    public Approval? Rejection => Approvals.FirstOrDefault(given => given.IsRejection);

    /// <summary>Whether requests may be answered by it: it is in production and has content. One whose files lie elsewhere is never served.</summary>
    public bool IsInUse => Stage is Stage.Production && Artifact is not null;

    /// <summary>Its subject in the ledger.</summary>
    public Subject Subject => Subject.Model(Name, Version);

    /// <summary>What someone said of it last, or null.</summary>
    public Approval? WordOf(Actor person) => Approvals.FirstOrDefault(given => given.By == person);

    /// <summary>The same with someone's new word in the place of their former one.</summary>
    public ModelVersion With(Approval word) => this with { Approvals = Approvals.RemoveAll(given => given.By == word.By).Add(word), UpdatedAt = word.At };
}

/// <summary>One person's word on whether a version may go to production.</summary>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
/// <param name="Comment">Why; may be empty.</param>
public sealed record Approval(Actor By, DateTimeOffset At, string Comment)
{
    /// <summary>Whether the word is no.</summary>
    public bool IsRejection { get; init; }
}
