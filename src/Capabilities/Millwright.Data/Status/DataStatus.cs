using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Status;

/// <summary>How a tracked file or folder differs from its <c>.dvc</c> file.</summary>
public enum OutState
{
    /// <summary>No difference.</summary>
    Unchanged,

    /// <summary>It is not in the workspace.</summary>
    Deleted,

    /// <summary>It has other content.</summary>
    Modified,

    /// <summary>The <c>.dvc</c> file has no digest yet.</summary>
    New,

    /// <summary>The cache does not have its content.</summary>
    NotInCache,
}

/// <summary>The state of one tracked file or folder.</summary>
/// <param name="Tracked">Which.</param>
/// <param name="State">How it differs.</param>
public sealed record OutStatus(TrackedOut Tracked, OutState State);

/// <summary>The outcome of a status.</summary>
/// <param name="Outs">All that was asked for, in order of the <c>.dvc</c> files.</param>
public sealed record StatusReport(ImmutableArray<OutStatus> Outs)
{
    /// <summary>What differs.</summary>
    public IEnumerable<OutStatus> Changed => Outs.Where(o => o.State is not OutState.Unchanged);
}

/// <summary>Compares the workspace and the cache with the <c>.dvc</c> files; unchanged files are not read.</summary>
public sealed class DataStatus
{
    /// <summary>Compares the targets, or everything.</summary>
    public Result<StatusReport> Run(DataRepository repository, ImmutableArray<string> targets, CancellationToken ct) =>
        DataFailures.Catch("failed to compare", () => Targets.Select(repository, targets, ct).Map(selected => Compare(repository, selected, ct)));

    /// <summary>The state of one.</summary>
    public static OutState Of(DataRepository repository, TrackedOut tracked, CancellationToken ct)
    {
        var o = tracked.Out;
        if (o is { IsCached: true, Md5: not null } && !IsCached(repository, o))
        {
            return OutState.NotInCache;
        }

        return FileStatus.Of(tracked.Path) switch
        {
            null => OutState.Deleted,
            _ when o.Md5 is null => OutState.New,
            { IsFolder: true } => Same(o.IsDirectory && DirObject.NameOf(FolderScan.Listing(repository, tracked.Path, o.IsLegacy, ct).ToBytes()) == o.Md5),
            { } status => Same(!o.IsDirectory && FolderScan.Digest(repository, tracked.Path, status.Stamp, o.IsLegacy, ct) == o.Md5),
        };
    }

    /// <summary>Whether the cache has the content with all its files.</summary>
    public static bool IsCached(DataRepository repository, DvcOut o)
    {
        if (!repository.Cache.Has(o.Md5!, o.IsLegacy))
        {
            return false;
        }

        return !o.IsDirectory
            || (DirObject.Parse(File.ReadAllBytes(repository.Cache.PathOf(o.Md5!, o.IsLegacy)), o.Md5!).TryGet(out var listing, out _)
                && listing.Entries.AsSpan().ToArray().AsParallel().All(entry => repository.Cache.Has(entry.Md5, o.IsLegacy)));
    }

    private static StatusReport Compare(DataRepository repository, ImmutableArray<SelectedOut> selected, CancellationToken ct)
    {
        var tracked = selected.Select(s => s.Tracked).Distinct().ToArray();
        var states = new OutStatus[tracked.Length];
        Parallel.For(0, tracked.Length, new ParallelOptions { CancellationToken = ct }, i => states[i] = new OutStatus(tracked[i], Of(repository, tracked[i], ct)));
        repository.Index.Save();
        return new StatusReport([.. states]);
    }

    private static OutState Same(bool same) => same ? OutState.Unchanged : OutState.Modified;
}
