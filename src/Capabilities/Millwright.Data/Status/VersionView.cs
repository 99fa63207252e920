using System.Collections.Concurrent;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Status;

/// <summary>Turns tracked data into a map from shown path to digest; folders end in <c>/</c>.</summary>
internal sealed class VersionView(DataRepository repository, bool isGranular)
{
    internal string Name(TrackedOut tracked) => repository.Environment.Show(tracked.Path) + (tracked.Out.IsDirectory ? "/" : "");

    /// <summary>As the <c>.dvc</c> files say.</summary>
    internal Dictionary<string, string> Of(IEnumerable<TrackedOut> outs)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tracked in outs.Where(t => t.Out.Md5 is not null))
        {
            map[Name(tracked)] = tracked.Out.Md5!;
            if (isGranular && tracked.Out.IsDirectory && Listing(tracked.Out) is { } listing)
            {
                AddAll(map, Name(tracked), listing);
            }
        }

        return map;
    }

    /// <summary>As the workspace is.</summary>
    internal Dictionary<string, string> OfWorkspace(IReadOnlyList<TrackedOut> outs, CancellationToken ct)
    {
        var map = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.ForEach(outs.Where(t => t.Out.Md5 is not null), new ParallelOptions { CancellationToken = ct }, tracked =>
        {
            if (FileStatus.Of(tracked.Path) is not { } status)
            {
                return;
            }

            var name = repository.Environment.Show(tracked.Path) + (status.IsFolder ? "/" : "");
            if (!status.IsFolder)
            {
                map[name] = FolderScan.Digest(repository, tracked.Path, status.Stamp, tracked.Out.IsLegacy, ct);
                return;
            }

            var listing = FolderScan.Listing(repository, tracked.Path, tracked.Out.IsLegacy, ct);
            map[name] = DirObject.NameOf(listing.ToBytes());
            if (isGranular && (tracked.Out.Md5 == map[name] || Listing(tracked.Out) is not null))
            {
                AddAll(map, name, listing);
            }
        });
        return new Dictionary<string, string>(map, StringComparer.Ordinal);
    }

    private static void AddAll(IDictionary<string, string> map, string folder, DirObject listing)
    {
        foreach (var entry in listing.Entries)
        {
            map[folder + entry.RelativePath] = entry.Md5;
        }
    }

    private DirObject? Listing(DvcOut o) =>
        repository.Cache.Has(o.Md5!, o.IsLegacy)
        && DirObject.Parse(File.ReadAllBytes(repository.Cache.PathOf(o.Md5!, o.IsLegacy)), o.Md5!).TryGet(out var listing, out _) ? listing : null;
}
