using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Remotes;
using Millwright.Data.Transfer;
using Millwright.Data.Workspace;

namespace Millwright.Data.Status;

/// <summary>How the cache differs from a remote in one file.</summary>
public enum RemoteState
{
    /// <summary>In the cache only: push it.</summary>
    New,

    /// <summary>In the remote only: fetch it.</summary>
    Deleted,

    /// <summary>In neither.</summary>
    Missing,
}

/// <summary>One difference.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Md5">The object's name.</param>
/// <param name="State">Where it is.</param>
public sealed record RemoteDifference(string Path, string Md5, RemoteState State);

/// <summary>The outcome of a comparison with a remote.</summary>
/// <param name="Remote">The remote's name.</param>
/// <param name="Differences">In order of the paths.</param>
public sealed record RemoteReport(string Remote, ImmutableArray<RemoteDifference> Differences);

/// <summary>Compares the cache with a remote.</summary>
public sealed class RemoteStatus
{
    /// <summary>Compares the targets, or everything.</summary>
    public Result<RemoteReport> Run(DataRepository repository, ImmutableArray<string> targets, string? remoteName, CancellationToken ct) =>
        RemoteStores.Find(repository, remoteName).Then(remote => Targets.Select(repository, targets, ct).Map(selected => Compare(repository, remote, selected)));

    private static RemoteReport Compare(DataRepository repository, RemoteStore remote, ImmutableArray<SelectedOut> selected)
    {
        var differences = new List<RemoteDifference>();
        foreach (var one in selected.Where(s => s.Tracked.Out is { IsCached: true, Md5: not null }))
        {
            var objects = OutObjects.Of(repository, one, repository.Cache, remote.Store);
            foreach (var o in objects.Entries.Append(objects.Top))
            {
                var (here, there) = (repository.Cache.Has(o.Md5, o.IsLegacy), remote.Store.Has(o.Md5, o.IsLegacy));
                // A listing that is only in the remote is no difference: a fetch of its files brings it along.
                if (here != there && (here || !o.Md5.EndsWith(DirObject.Suffix, StringComparison.Ordinal)))
                {
                    differences.Add(new RemoteDifference(o.Path, o.Md5, here ? RemoteState.New : RemoteState.Deleted));
                }
                else if (!here && !there)
                {
                    differences.Add(new RemoteDifference(o.Path, o.Md5, RemoteState.Missing));
                }
            }
        }

        // Equal files are one object: it is shown once.
        return new RemoteReport(remote.Name, [.. differences.OrderBy(d => d.Path, CodePoints.Order).DistinctBy(d => d.Md5)]);
    }
}
