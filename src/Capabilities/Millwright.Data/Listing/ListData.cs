using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Listing;

/// <summary>What to list.</summary>
/// <param name="Path">Relative to the repository; null = its root.</param>
/// <param name="IsRecursive">All files below instead of the entries of one folder.</param>
/// <param name="IsTrackedOnly">Only what the repository tracks as data.</param>
public sealed record ListRequest(string? Path = null, bool IsRecursive = false, bool IsTrackedOnly = false);

/// <summary>One line of a listing.</summary>
/// <param name="Path">Relative to the repository's root when recursive, else the name.</param>
/// <param name="IsTracked">Tracked as data.</param>
/// <param name="IsDirectory">A folder.</param>
/// <param name="IsExecutable">Executable by its owner.</param>
/// <param name="Size">Bytes; null when only the cache would know.</param>
/// <param name="Md5">Its digest when it is tracked.</param>
public sealed record ListedEntry(string Path, bool IsTracked, bool IsDirectory, bool IsExecutable, long? Size, string? Md5);

/// <summary>Lists a repository: files of the workspace and tracked data that need not be in the workspace.</summary>
public sealed class ListData
{
    /// <summary>The entries, sorted by code point of their paths.</summary>
    public Result<ImmutableArray<ListedEntry>> Run(DataRepository repository, ListRequest request, CancellationToken ct)
    {
        if (!TrackedOuts.Read(repository, ct).TryGet(out var tracked, out var problem))
        {
            return problem;
        }

        var top = Path.GetFullPath(request.Path ?? ".", repository.Root);
        var inside = tracked.Where(t => t.Covers(top) || t.Path.StartsWith(top + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToArray();
        if (FileStatus.Of(top) is null && inside.Length == 0)
        {
            return new Problem("data.missing", $"[Errno 2] No such file or directory: '{top}'", "", ProblemKind.NotFound);
        }

        var entries = new Dictionary<string, ListedEntry>(StringComparer.Ordinal);
        foreach (var one in inside)
        {
            AddTracked(repository, one, entries);
        }

        if (!request.IsTrackedOnly)
        {
            AddWorkspace(repository, top, request.IsRecursive, entries, ct);
        }

        var prefix = top == repository.Root ? "" : repository.Relative(top) + "/";
        var below = entries.Values.Where(e => e.Path.StartsWith(prefix, StringComparison.Ordinal) || e.Path + "/" == prefix);
        var shown = request.IsRecursive ? below.Where(e => !e.IsDirectory) : Fold(below, prefix);
        return shown.OrderBy(e => e.Path, CodePoints.Order).ToImmutableArray();
    }

    private static void AddTracked(DataRepository repository, TrackedOut one, Dictionary<string, ListedEntry> entries)
    {
        var (o, path) = (one.Out, repository.Relative(one.Path));
        entries[path] = new ListedEntry(path, true, o.IsDirectory, o.IsExecutable, o.Size, o.Md5);
        if (!o.IsDirectory || !repository.Cache.Has(o.Md5!, o.IsLegacy)
            || !DirObject.Parse(File.ReadAllBytes(repository.Cache.PathOf(o.Md5!, o.IsLegacy)), o.Md5!).TryGet(out var listing, out _))
        {
            return;
        }

        foreach (var entry in listing.Entries)
        {
            var name = $"{path}/{entry.RelativePath}";
            entries[name] = new ListedEntry(name, true, false, false, null, entry.Md5);
        }
    }

    private static void AddWorkspace(DataRepository repository, string folder, bool isRecursive, Dictionary<string, ListedEntry> entries, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        foreach (var entry in Directory.Exists(folder) ? FolderEntries.Of(folder) : [])
        {
            var path = Path.Combine(folder, entry.Name);
            if (repository.Ignore.IsIgnored(path, entry.Name, entry.IsFolder) || FileStatus.Of(path) is not { } status)
            {
                continue;
            }

            var name = repository.Relative(path);
            var known = entries.GetValueOrDefault(name);
            entries[name] = known is null
                ? new ListedEntry(name, false, entry.IsFolder, !entry.IsFolder && status.IsExecutable, status.Stamp.Size, null)
                : known with { Size = entry.IsFolder ? known.Size : status.Stamp.Size, IsExecutable = !entry.IsFolder && status.IsExecutable };
            if (entry.IsFolder && isRecursive)
            {
                AddWorkspace(repository, path, true, entries, ct);
            }
        }
    }

    // The entries of one folder: what lies deeper shows as the folder it is in.
    private static IEnumerable<ListedEntry> Fold(IEnumerable<ListedEntry> below, string prefix)
    {
        var folded = new Dictionary<string, ListedEntry>(StringComparer.Ordinal);
        foreach (var entry in below)
        {
            if (entry.Path.Length <= prefix.Length)
            {
                if (!entry.IsDirectory)
                {
                    folded[entry.Path] = entry with { Path = Path.GetFileName(entry.Path) };
                }

                continue;
            }

            var name = entry.Path[prefix.Length..];
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                folded[name] = entry with { Path = name };
            }
            else
            {
                folded.TryAdd(name[..slash], new ListedEntry(name[..slash], entry.IsTracked, true, false, null, null));
            }
        }

        return folded.Values;
    }
}
