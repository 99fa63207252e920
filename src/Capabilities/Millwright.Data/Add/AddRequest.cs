using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Data.Formats;

namespace Millwright.Data.Add;

/// <summary>What to track.</summary>
/// <param name="Targets">Files and folders as typed, relative to the working folder.</param>
public sealed record AddRequest(ImmutableArray<string> Targets)
{
    /// <summary>Only hash and write the <c>.dvc</c> files; the cache gets nothing.</summary>
    public bool WithoutCommit { get; init; }

    /// <summary>Leave the workspace files as they are instead of linking them to the cache.</summary>
    public bool WithoutRelink { get; init; }

    /// <summary>Targets are shell patterns.</summary>
    public bool AsPatterns { get; init; }

    /// <summary>Who does it, for the ledger.</summary>
    public Actor Actor { get; init; } = Actor.System;
}

/// <summary>One file or folder that is tracked now.</summary>
/// <param name="Path">Absolute path of the data.</param>
/// <param name="FilePath">Absolute path of the <c>.dvc</c> file.</param>
/// <param name="Out">Its new version.</param>
/// <param name="Previous">The version before, or null.</param>
public sealed record AddedOut(string Path, string FilePath, DvcOut Out, DvcOut? Previous);

/// <summary>The outcome of an add.</summary>
/// <param name="Outs">In the order of the targets; targets inside one tracked folder give one.</param>
/// <param name="FilesForGit">Absolute paths to commit: <c>.dvc</c> files and <c>.gitignore</c> files that changed. Empty without Git.</param>
/// <param name="IsStaged">Whether they were added to Git's index (<c>core.autostage</c>).</param>
public sealed record AddedData(ImmutableArray<AddedOut> Outs, ImmutableArray<string> FilesForGit, bool IsStaged);
