using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Data.Outbox;
using Millwright.Data.Remotes;
using Millwright.Data.Transfer;
using Millwright.Data.Workspace;

namespace Millwright.Data.Push;

/// <summary>What to transfer, and where.</summary>
/// <param name="Targets">As typed; empty = everything tracked.</param>
public sealed record TransferRequest(ImmutableArray<string> Targets)
{
    /// <summary>The remote's name; null = the default one, or the one that an output names.</summary>
    public string? Remote { get; init; }

    /// <summary>Copies at once, at least 1; null = one per processor.</summary>
    public int? Jobs { get; init; }

    /// <summary>Who does it, for the ledger.</summary>
    public Actor Actor { get; init; } = Actor.System;

    internal int Degree => Math.Max(1, Jobs ?? Environment.ProcessorCount);
}

/// <summary>The outcome of a push.</summary>
/// <param name="Files">Objects copied.</param>
/// <param name="Missing">Names of objects that are in neither the cache nor the remote.</param>
public sealed record PushedData(int Files, ImmutableArray<string> Missing);

/// <summary>
/// Copies tracked content from the cache to a remote. A folder's listing goes last, after all its files: on a remote it means that
/// all its files are there.
/// </summary>
public sealed class PushData(TimeProvider clock)
{
    /// <summary>Pushes the targets.</summary>
    public Task<Result<PushedData>> RunAsync(DataRepository repository, TransferRequest request, IProgress<DataProgress>? progress, CancellationToken ct) =>
        RepositoryLock.HoldAsync(repository, clock, "failed to push", () => PushAllAsync(repository, request, progress, ct), ct);

    private async Task<Result<PushedData>> PushAllAsync(DataRepository repository, TransferRequest request, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        if (!Targets.Select(repository, request.Targets, ct).TryGet(out var selected, out var unknown))
        {
            return unknown;
        }

        var wanted = selected.Where(s => s.Tracked.Out is { IsCached: true, IsPushed: true, Md5: not null }).ToArray();
        var total = new PushedData(0, []);
        foreach (var group in wanted.GroupBy(s => request.Remote ?? s.Tracked.Out.Remote).DefaultIfEmpty())
        {
            if (!RemoteStores.Find(repository, group is null ? request.Remote : group.Key).TryGet(out var remote, out var problem))
            {
                return problem;
            }

            if (group is not null)
            {
                var pushed = await PushToAsync(repository, remote, [.. group], request, progress, ct);
                total = new PushedData(total.Files + pushed.Files, [.. total.Missing, .. pushed.Missing]);
            }
        }

        return total;
    }

    private async Task<PushedData> PushToAsync(
        DataRepository repository, RemoteStore remote, SelectedOut[] selected, TransferRequest request, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        var (files, listings, missing) = (new List<DataObject>(), new List<DataObject>(), new List<string>());
        foreach (var one in selected)
        {
            var objects = OutObjects.Of(repository, one, repository.Cache);
            if (remote.Store.Has(objects.Top.Md5, objects.Top.IsLegacy))
            {
                continue;
            }

            var parts = objects.IsDirectory ? objects.Entries : [objects.Top];
            var absent = parts.AsParallel().Where(o => !remote.Store.Has(o.Md5, o.IsLegacy)).ToArray();
            var lost = absent.Where(o => !repository.Cache.Has(o.Md5, o.IsLegacy)).ToArray();
            files.AddRange(absent.Except(lost));
            missing.AddRange(lost.Select(o => o.Md5));
            if (!objects.IsListed)
            {
                missing.Add(objects.Top.Md5);
            }
            else if (objects.IsDirectory && lost.Length == 0 && one.Part.Length == 0)
            {
                listings.Add(objects.Top);
            }
        }

        var sent = await ObjectTransfer.RunAsync(repository.Cache, remote.Store, files, "Pushing", request.Degree, progress, ct);
        var complete = sent.Corrupt.IsEmpty ? listings.ToArray() : [];
        var listed = await ObjectTransfer.RunAsync(repository.Cache, remote.Store, complete, "Pushing", request.Degree, progress, ct);
        if (sent.Copied + listed.Copied > 0)
        {
            await DataOutbox.AppendAsync(repository.Root, [.. Drafts(repository, remote, selected, files, complete, request.Actor).Select(draft => (NewId.Next(clock), draft))], clock, ct);
        }

        return new PushedData(sent.Copied + listed.Copied, [.. missing.Concat(sent.Corrupt.Select(o => o.Md5)).Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<LedgerDraft> Drafts(
        DataRepository repository, RemoteStore remote, SelectedOut[] selected, List<DataObject> files, DataObject[] listings, Actor actor)
    {
        var sent = files.Concat(listings).Select(o => o.Md5).ToHashSet(StringComparer.Ordinal);
        return selected.Where(s => sent.Contains(s.Tracked.Out.Md5!)).Select(s =>
            new LedgerDraft(actor, "data.pushed", Subject.Data(s.Tracked.Out.Digest!.Value))
            {
                Body = new() { ["path"] = repository.Relative(s.Tracked.Path), ["remote"] = remote.Name },
            });
    }
}
