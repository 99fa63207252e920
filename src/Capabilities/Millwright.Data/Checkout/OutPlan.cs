using System.Collections.Concurrent;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Checkout;

/// <summary>A workspace file to make.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Md5">Its content.</param>
/// <param name="IsNew">Whether there is none yet.</param>
internal readonly record struct PlacedFile(string Path, string Md5, bool IsNew);

/// <summary>What has to happen for one tracked file or folder; nothing has happened yet.</summary>
internal sealed record OutPlan(SelectedOut Selected)
{
    internal List<PlacedFile> Place { get; } = [];

    internal List<string> Remove { get; } = [];

    internal HashSet<string> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>Workspace files in the way whose content is in no cache.</summary>
    internal List<string> Unsaved { get; } = [];

    internal List<string> Missing { get; } = [];

    internal CheckoutChange? Change { get; private set; }

    internal static Result<OutPlan> Make(DataRepository repository, SelectedOut selected, bool relink, CancellationToken ct)
    {
        var plan = new OutPlan(selected);
        return selected.Tracked.Out.IsDirectory ? plan.PlanFolder(repository, relink, ct) : plan.PlanFile(repository, relink, ct);
    }

    private OutPlan PlanFile(DataRepository repository, bool relink, CancellationToken ct)
    {
        var (path, o) = (Selected.Tracked.Path, Selected.Tracked.Out);
        var status = FileStatus.Of(path);
        var current = status is { IsRegular: true } file ? FolderScan.Digest(repository, path, file.Stamp, o.IsLegacy, ct) : null;
        if (current == o.Md5 && !relink)
        {
            return this;
        }

        if (!repository.Cache.Has(o.Md5!, o.IsLegacy))
        {
            if (current != o.Md5)
            {
                Missing.Add(path);
            }

            return this;
        }

        if (status is { IsFolder: true })
        {
            foreach (var inside in FolderScan.Run(repository, path, ct))
            {
                Take(repository, inside.Path, FolderScan.Digest(repository, inside.Path, inside.Stamp, o.IsLegacy, ct), o.IsLegacy);
                Remove.Add(inside.Path);
            }
        }
        else if (current is not null && current != o.Md5)
        {
            Take(repository, path, current, o.IsLegacy);
        }

        Folders.Add(Path.GetDirectoryName(path)!);
        Place.Add(new PlacedFile(path, o.Md5!, status is null));
        Change = current == o.Md5 ? null : status is null ? CheckoutChange.Added : CheckoutChange.Modified;
        return this;
    }

    private Result<OutPlan> PlanFolder(DataRepository repository, bool relink, CancellationToken ct)
    {
        var (path, o) = (Selected.Tracked.Path, Selected.Tracked.Out);
        if (!repository.Cache.Has(o.Md5!, o.IsLegacy))
        {
            Missing.Add(path);
            return this;
        }

        if (!DirObject.Parse(File.ReadAllBytes(repository.Cache.PathOf(o.Md5!, o.IsLegacy)), o.Md5!).TryGet(out var wanted, out var corrupt))
        {
            return corrupt;
        }

        var status = FileStatus.Of(path);
        var isFolder = status is { IsFolder: true } && new DirectoryInfo(path).LinkTarget is null;
        var current = isFolder ? Current(repository, path, o.IsLegacy, ct) : [];
        if (status is { IsRegular: true } file)
        {
            Take(repository, path, FolderScan.Digest(repository, path, file.Stamp, o.IsLegacy, ct), o.IsLegacy);
        }

        Folders.Add(path);
        foreach (var entry in wanted.Entries.Where(e => Selected.Includes(e.RelativePath)))
        {
            PlanEntry(repository, entry, current, relink);
        }

        var kept = wanted.Entries.Select(e => e.RelativePath).ToHashSet(StringComparer.Ordinal);
        foreach (var (relative, md5) in current.Where(c => Selected.Includes(c.Key) && !kept.Contains(c.Key)))
        {
            var extra = Path.Combine(path, relative);
            Take(repository, extra, md5, o.IsLegacy);
            Remove.Add(extra);
        }

        var isSame = Remove.Count == 0 && Place.TrueForAll(f => current.GetValueOrDefault(Relative(path, f.Path)) == f.Md5);
        Change = isSame && isFolder ? null : isFolder ? CheckoutChange.Modified : CheckoutChange.Added;
        return this;
    }

    private void PlanEntry(DataRepository repository, DirEntry entry, IReadOnlyDictionary<string, string> current, bool relink)
    {
        var (folder, o) = (Selected.Tracked.Path, Selected.Tracked.Out);
        var target = Path.Combine(folder, entry.RelativePath);
        var now = current.GetValueOrDefault(entry.RelativePath);
        if (now == entry.Md5 && !relink)
        {
            return;
        }

        if (!repository.Cache.Has(entry.Md5, o.IsLegacy))
        {
            if (now != entry.Md5)
            {
                Missing.Add(target);
            }

            return;
        }

        if (now is not null && now != entry.Md5)
        {
            Take(repository, target, now, o.IsLegacy);
        }

        Folders.Add(Path.GetDirectoryName(target)!);
        Place.Add(new PlacedFile(target, entry.Md5, now is null));
    }

    private static ConcurrentDictionary<string, string> Current(DataRepository repository, string folder, bool isLegacy, CancellationToken ct)
    {
        var current = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.ForEach(
            FolderScan.Run(repository, folder, ct),
            new ParallelOptions { CancellationToken = ct },
            file => current[file.RelativePath] = FolderScan.Digest(repository, file.Path, file.Stamp, isLegacy, ct));
        return current;
    }

    private static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    // Content that is in the cache can be brought back; anything else would be lost.
    private void Take(DataRepository repository, string path, string md5, bool isLegacy)
    {
        if (!repository.Cache.Has(md5, isLegacy) && !repository.Cache.Has(md5, !isLegacy))
        {
            Unsaved.Add(path);
        }
    }
}
