using System.Text;
using Millwright.Data.Formats;
using Millwright.Data.Workspace;

namespace Millwright.Data.Status;

/// <summary>The <c>.dvc</c> files of a Git commit.</summary>
internal static class HeadOuts
{
    /// <summary>What the commit tracks; null without Git, empty without such a commit.</summary>
    internal static async Task<IReadOnlyList<TrackedOut>?> ReadAsync(DataRepository repository, string revision, CancellationToken ct)
    {
        if (repository.GitRoot is null)
        {
            return null;
        }

        var tree = await repository.Git.NamesAsync(["ls-tree", "-r", "-z", revision], null, ct);
        var files = tree.Select(line => line.Split('\t', 2))
            .Where(parts => parts.Length == 2 && parts[1].EndsWith(DvcFile.Suffix, StringComparison.Ordinal))
            .Select(parts => (Id: parts[0].Split(' ')[2], Path: parts[1]))
            .ToArray();
        if (files.Length == 0)
        {
            return [];
        }

        var blobs = await repository.Git.RunBytesAsync(["cat-file", "--batch"], string.Concat(files.Select(f => f.Id + "\n")), ct) ?? [];
        var outs = new List<TrackedOut>();
        var at = 0;
        foreach (var (_, path) in files)
        {
            // A header line "<id> blob <size>", the bytes, a line end.
            var headerEnd = Array.IndexOf(blobs, (byte)'\n', at);
            if (headerEnd < 0 || !int.TryParse(Encoding.ASCII.GetString(blobs, at, headerEnd - at).Split(' ')[^1], out var size))
            {
                break;
            }

            var text = Encoding.UTF8.GetString(blobs, headerEnd + 1, size);
            at = headerEnd + 1 + size + 1;
            Add(repository, Path.Combine(repository.Root, path), text, outs);
        }

        return outs;
    }

    private static void Add(DataRepository repository, string path, string text, List<TrackedOut> outs)
    {
        // A file that was broken in history tracks nothing.
        if (DvcFile.Parse(text, path).TryGet(out var file, out _))
        {
            outs.AddRange(file.Outs.Select(o => new TrackedOut(path, file, o, Path.GetFullPath(o.Path, Path.GetDirectoryName(path)!)))
                .Where(t => repository.Contains(t.Path)));
        }
    }
}
