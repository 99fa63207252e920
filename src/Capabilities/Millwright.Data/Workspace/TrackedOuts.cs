using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;

namespace Millwright.Data.Workspace;

/// <summary>Finds every <c>.dvc</c> file of a repository and what it tracks.</summary>
public static class TrackedOuts
{
    /// <summary>Reads them all, in order of their paths. A broken file is a problem that names it.</summary>
    public static Result<ImmutableArray<TrackedOut>> Read(DataRepository repository, CancellationToken ct)
    {
        var files = new List<string>();
        Collect(repository, repository.Root, files, ct);
        files.Sort(CodePoints.Compare);
        var read = new Result<ImmutableArray<TrackedOut>>[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = ct }, i => read[i] = ReadFile(repository, files[i]));
        var outs = ImmutableArray.CreateBuilder<TrackedOut>(files.Count);
        foreach (var result in read)
        {
            if (!result.TryGet(out var some, out var problem))
            {
                return problem;
            }

            outs.AddRange(some);
        }

        return outs.DrainToImmutable();
    }

    /// <summary>Reads one <c>.dvc</c> file.</summary>
    public static Result<ImmutableArray<TrackedOut>> ReadFile(DataRepository repository, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return DvcFile.Parse(File.ReadAllText(path), "./" + repository.Environment.Show(path)).Then<ImmutableArray<TrackedOut>>(file =>
        {
            var outs = ImmutableArray.CreateBuilder<TrackedOut>(file.Outs.Length);
            foreach (var o in file.Outs)
            {
                var data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(o.Path, folder));
                if (!repository.Contains(data) || data == repository.Root || IgnoreRules.IsInternal(repository.Relative(data).Split('/')[0]))
                {
                    return new Problem(
                        "data.out-outside",
                        $"'{repository.Environment.Show(path)}' tracks '{o.Path}', which is not inside of the repository.",
                        "Correct 'path' in the .dvc file: data is never written outside the repository.");
                }

                outs.Add(new TrackedOut(path, file, o, data));
            }

            return outs.DrainToImmutable();
        });
    }

    private static void Collect(DataRepository repository, string folder, List<string> files, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var folders = new List<string>();
        var here = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in FolderEntries.Of(folder))
        {
            if (entry.IsFolder)
            {
                folders.Add(entry.Name);
            }
            else if (entry.Name.EndsWith(DvcFile.Suffix, StringComparison.Ordinal) && entry.Name.Length > DvcFile.Suffix.Length
                && !repository.Ignore.IsIgnored(Path.Combine(folder, entry.Name), entry.Name, isFolder: false))
            {
                files.Add(Path.Combine(folder, entry.Name));
                here.Add(entry.Name);
            }
        }

        foreach (var name in folders)
        {
            var path = Path.Combine(folder, name);
            // A tracked folder holds data, possibly millions of files: no .dvc file is looked for in it.
            if (!here.Contains(name + DvcFile.Suffix) && !repository.Ignore.IsIgnored(path, name, isFolder: true))
            {
                Collect(repository, path, files, ct);
            }
        }
    }
}
