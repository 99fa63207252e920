using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Listing;

/// <summary>The size of a file or of everything below a folder.</summary>
/// <param name="Path">As shown: below the path that was asked for.</param>
/// <param name="Bytes">Bytes.</param>
public sealed record MeasuredPath(string Path, long Bytes);

/// <summary>Sizes of a folder's entries and of the whole, from the workspace or, where data is not checked out, from the <c>.dvc</c> files.</summary>
public sealed class MeasureData
{
    /// <summary>One line per entry and a last one for the whole; for a single file only that one.</summary>
    public Result<ImmutableArray<MeasuredPath>> Run(DataRepository repository, string? path, CancellationToken ct)
    {
        if (!TrackedOuts.Read(repository, ct).TryGet(out var tracked, out var problem))
        {
            return problem;
        }

        var top = Path.GetFullPath(path ?? ".", repository.Root);
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var one in tracked.Where(t => !Path.Exists(t.Path) && t.Path.StartsWith(top, StringComparison.Ordinal)))
        {
            Add(sizes, top, one.Path, one.Out.Size ?? 0);
        }

        if (FileStatus.Of(top) is { IsRegular: true } file)
        {
            return ImmutableArray.Create(new MeasuredPath(path!, file.Stamp.Size));
        }

        if (!Directory.Exists(top) && sizes.Count == 0)
        {
            return new Problem("data.missing", $"[Errno 2] No such file or directory: '{top}'", "", ProblemKind.NotFound);
        }

        Walk(repository, top, top, sizes, ct);
        var lines = sizes.Select(pair => new MeasuredPath(path is null ? pair.Key : $"{path.TrimEnd('/')}/{pair.Key}", pair.Value)).OrderBy(m => m.Path, CodePoints.Order);
        return lines.Append(new MeasuredPath(path ?? "", sizes.Values.Sum())).ToImmutableArray();
    }

    private static void Walk(DataRepository repository, string top, string folder, Dictionary<string, long> sizes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        foreach (var entry in Directory.Exists(folder) ? FolderEntries.Of(folder) : [])
        {
            var path = Path.Combine(folder, entry.Name);
            if (repository.Ignore.IsIgnored(path, entry.Name, entry.IsFolder))
            {
                continue;
            }

            Add(sizes, top, path, entry.IsFolder ? 0 : FileStamp.Of(path)?.Size ?? 0);
            if (entry.IsFolder)
            {
                Walk(repository, top, path, sizes, ct);
            }
        }
    }

    private static void Add(Dictionary<string, long> sizes, string top, string path, long bytes)
    {
        var relative = Path.GetRelativePath(top, path);
        var name = relative.Split(Path.DirectorySeparatorChar)[0];
        sizes[name] = sizes.GetValueOrDefault(name) + bytes;
    }
}
