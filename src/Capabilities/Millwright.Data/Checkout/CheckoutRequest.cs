using System.Collections.Immutable;
using Millwright.Abstractions.Results;

namespace Millwright.Data.Checkout;

/// <summary>What to bring into the workspace.</summary>
/// <param name="Targets">As typed; empty = everything tracked.</param>
public sealed record CheckoutRequest(ImmutableArray<string> Targets)
{
    /// <summary>Overwrite changed files whose content is not in the cache.</summary>
    public bool Force { get; init; }

    /// <summary>Make every link or copy anew.</summary>
    public bool Relink { get; init; }

    /// <summary>Leave out what the cache does not have, without a failure.</summary>
    public bool AllowMissing { get; init; }
}

/// <summary>What became of one tracked file or folder.</summary>
public enum CheckoutChange
{
    /// <summary>It was absent.</summary>
    Added,

    /// <summary>It had other content.</summary>
    Modified,

    /// <summary>It is no longer tracked.</summary>
    Deleted,
}

/// <summary>One change of the workspace.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="IsDirectory">Whether it is a folder.</param>
/// <param name="Change">What happened.</param>
public sealed record CheckedOut(string Path, bool IsDirectory, CheckoutChange Change);

/// <summary>The outcome of a checkout.</summary>
/// <param name="Changes">One per tracked file or folder that changed.</param>
/// <param name="FilesAdded">Single files made.</param>
/// <param name="FilesModified">Single files replaced.</param>
/// <param name="FilesDeleted">Single files removed.</param>
/// <param name="Missing">Absolute paths of what the cache does not have; the rest was checked out.</param>
public sealed record CheckoutOutcome(
    ImmutableArray<CheckedOut> Changes, int FilesAdded, int FilesModified, int FilesDeleted, ImmutableArray<string> Missing)
{
    /// <summary>The failure that missing content is, when it was not allowed.</summary>
    public Problem? Failure { get; init; }
}
