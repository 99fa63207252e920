using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Remotes;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Status;

/// <summary>What <c>data status</c> shows.</summary>
/// <param name="IsGranular">Also single files of tracked folders.</param>
/// <param name="WithUntracked">Also files that neither Git nor data commands track.</param>
/// <param name="WithRemote">Also what the remote does not have.</param>
public sealed record CompareRequest(bool IsGranular = false, bool WithUntracked = false, bool WithRemote = false)
{
    /// <summary>The remote to look at; null = the default one.</summary>
    public string? Remote { get; init; }
}

/// <summary>A move of a file inside a tracked folder.</summary>
/// <param name="Old">Path before.</param>
/// <param name="New">Path now.</param>
public sealed record RenamedPath(string Old, string New);

/// <summary>Differences between two states; folders end in <c>/</c>, paths are relative to the working folder.</summary>
/// <param name="Added">New.</param>
/// <param name="Modified">With other content.</param>
/// <param name="Deleted">Gone.</param>
/// <param name="Renamed">Moved.</param>
/// <param name="Unknown">Of folders whose listing is not in the cache.</param>
public sealed record VersionChanges(
    ImmutableArray<string> Added, ImmutableArray<string> Modified, ImmutableArray<string> Deleted, ImmutableArray<RenamedPath> Renamed, ImmutableArray<string> Unknown)
{
    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Added.IsEmpty && Modified.IsEmpty && Deleted.IsEmpty && Renamed.IsEmpty && Unknown.IsEmpty;
}

/// <summary>The whole comparison.</summary>
/// <param name="NotInCache">Tracked, but not in the cache.</param>
/// <param name="NotInRemote">Tracked, but not in the remote; empty when it was not asked for.</param>
/// <param name="Committed">The workspace's <c>.dvc</c> files against those of Git's HEAD.</param>
/// <param name="Uncommitted">The workspace against its <c>.dvc</c> files.</param>
/// <param name="Untracked">Files that nothing tracks.</param>
/// <param name="Unchanged">The same in HEAD, <c>.dvc</c> files and workspace.</param>
/// <param name="HasOtherChanges">Whether Git has changes beyond what is shown.</param>
public sealed record VersionReport(
    ImmutableArray<string> NotInCache,
    ImmutableArray<string> NotInRemote,
    VersionChanges Committed,
    VersionChanges Uncommitted,
    ImmutableArray<string> Untracked,
    ImmutableArray<string> Unchanged,
    bool HasOtherChanges);

/// <summary>Compares HEAD, the <c>.dvc</c> files and the workspace.</summary>
public sealed class CompareVersions
{
    /// <summary>Compares the three.</summary>
    public async Task<Result<VersionReport>> RunAsync(DataRepository repository, CompareRequest request, CancellationToken ct) =>
        await DataFailures.CatchAsync("failed to compare", () => CompareAsync(repository, request, ct));

    private static async Task<Result<VersionReport>> CompareAsync(DataRepository repository, CompareRequest request, CancellationToken ct)
    {
        if (!TrackedOuts.Read(repository, ct).TryGet(out var now, out var broken))
        {
            return broken;
        }

        var head = await HeadOuts.ReadAsync(repository, "HEAD", ct);
        var view = new VersionView(repository, request.IsGranular);
        var cached = now.Where(t => t.Out is { IsCached: true, Md5: not null }).ToArray();
        ObjectStore? remote = null;
        if (request.WithRemote)
        {
            if (!RemoteStores.Find(repository, request.Remote).TryGet(out var found, out var unknown))
            {
                return unknown;
            }

            remote = found.Store;
        }

        var (indexed, before) = (view.Of(now), head is null ? null : view.Of(head));
        var committed = before is null ? VersionDiff.None : VersionDiff.Between(before, indexed);
        var workspace = await Task.Run(() => view.OfWorkspace(now, ct), ct);
        var uncommitted = VersionDiff.Between(indexed, workspace);
        repository.Index.Save();
        var git = repository.GitRoot is null ? "" : await repository.Git.RunAsync(["status", "--porcelain", "-z"], null, ct) ?? "";
        return new VersionReport(
            [.. cached.Where(t => !repository.Cache.Has(t.Out.Md5!, t.Out.IsLegacy)).Select(view.Name)],
            remote is null ? [] : [.. cached.Where(t => !remote.Has(t.Out.Md5!, t.Out.IsLegacy)).Select(view.Name)],
            committed,
            uncommitted,
            request.WithUntracked ? await UntrackedAsync(repository, ct) : [],
            [.. indexed.Keys.Where(key => workspace.TryGetValue(key, out var w) && w == indexed[key] && (before is null || (before.TryGetValue(key, out var h) && h == w))).Order(CodePoints.Order)],
            git.Length > 0);
    }

    private static async Task<ImmutableArray<string>> UntrackedAsync(DataRepository repository, CancellationToken ct)
    {
        var names = await repository.Git.NamesAsync(["ls-files", "-z", "--others", "--exclude-standard"], null, ct);
        return [.. names.Where(n => n != ".gitignore" || !n.EndsWith(DvcFile.Suffix, StringComparison.Ordinal)).Order(CodePoints.Order)];
    }
}
