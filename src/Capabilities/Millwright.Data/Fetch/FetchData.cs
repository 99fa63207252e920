using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Push;
using Millwright.Data.Remotes;
using Millwright.Data.Store;
using Millwright.Data.Transfer;
using Millwright.Data.Workspace;

namespace Millwright.Data.Fetch;

/// <summary>The outcome of a fetch.</summary>
/// <param name="Files">Objects copied into the cache.</param>
/// <param name="Missing">Names of objects that are in neither the cache nor the remote.</param>
public sealed record FetchedData(int Files, ImmutableArray<string> Missing)
{
    /// <summary>Whether nothing could be fetched because no remote is configured.</summary>
    public bool HasNoRemote { get; init; }
}

/// <summary>Copies tracked content from a remote into the cache. Bytes that do not match their name are never installed.</summary>
public sealed class FetchData(TimeProvider clock)
{
    /// <summary>Fetches the targets.</summary>
    public Task<Result<FetchedData>> RunAsync(DataRepository repository, TransferRequest request, IProgress<DataProgress>? progress, CancellationToken ct) =>
        RepositoryLock.HoldAsync(repository, clock, "failed to fetch", () => FetchAllAsync(repository, request, progress, ct), ct);

    private static async Task<Result<FetchedData>> FetchAllAsync(
        DataRepository repository, TransferRequest request, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        if (!Targets.Select(repository, request.Targets, ct).TryGet(out var selected, out var unknown))
        {
            return unknown;
        }

        var total = new FetchedData(0, []);
        foreach (var group in selected.Where(s => s.Tracked.Out is { IsCached: true, Md5: not null }).GroupBy(s => request.Remote ?? s.Tracked.Out.Remote))
        {
            if (!RemoteStores.Find(repository, group.Key).TryGet(out var remote, out var problem))
            {
                if (problem.Code != "data.no-remote")
                {
                    return problem;
                }

                total = total with { HasNoRemote = true };
                continue;
            }

            var fetched = await FetchFromAsync(repository, remote.Store, [.. group], request, progress, ct);
            total = total with { Files = total.Files + fetched.Files, Missing = [.. total.Missing, .. fetched.Missing] };
        }

        return total;
    }

    private static async Task<FetchedData> FetchFromAsync(
        DataRepository repository, ObjectStore remote, SelectedOut[] selected, TransferRequest request, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        // The listings first: they say which files there are.
        var tops = selected.Select(s => new DataObject(s.Tracked.Out.Md5!, s.Tracked.Out.IsLegacy, repository.Relative(s.Tracked.Path))).Distinct().ToArray();
        var first = await FetchAsync(repository, remote, tops, request, progress, ct);
        var entries = selected.Where(s => s.Tracked.Out.IsDirectory).SelectMany(s => OutObjects.Of(repository, s, repository.Cache).Entries).ToArray();
        var second = await FetchAsync(repository, remote, entries, request, progress, ct);
        // The listing that tells what a part of a folder is, is not counted as fetched.
        var counted = Array.TrueForAll(selected, s => s.Part.Length > 0) ? 0 : first.Files;
        return new FetchedData(counted + second.Files, [.. first.Missing.Concat(second.Missing).Distinct(StringComparer.Ordinal)]);
    }

    private static async Task<FetchedData> FetchAsync(
        DataRepository repository, ObjectStore remote, DataObject[] wanted, TransferRequest request, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        var absent = wanted.AsParallel().AsOrdered().Where(o => !repository.Cache.Has(o.Md5, o.IsLegacy)).ToArray();
        var there = absent.Where(o => remote.Has(o.Md5, o.IsLegacy)).ToArray();
        var got = await ObjectTransfer.RunAsync(remote, repository.Cache, there, "Fetching", request.Degree, progress, ct);
        return new FetchedData(got.Copied, [.. absent.Except(there).Concat(got.Corrupt).Select(o => o.Md5)]);
    }
}
