using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Add;

/// <summary>Keeps data out of Git.</summary>
internal static class GitIgnoreEntries
{
    /// <summary>Adds a line for each path that Git does not ignore yet; returns the <c>.gitignore</c> files that changed.</summary>
    internal static async Task<IReadOnlyList<string>> AddAsync(DataRepository repository, IReadOnlyList<string> paths, CancellationToken ct)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var missing = paths.Where(path => Text(texts, FileOf(path)) is var text && GitIgnoreFile.With(text, Path.GetFileName(path)) != text).ToArray();
        if (missing.Length == 0)
        {
            return [];
        }

        var ignored = await repository.Git.NamesAsync(
            ["check-ignore", "-z", "--stdin"], string.Concat(missing.Select(path => repository.Relative(path) + "\0")), ct);
        var changed = new List<string>();
        foreach (var path in missing.Where(path => !ignored.Contains(repository.Relative(path))))
        {
            var file = FileOf(path);
            texts[file] = GitIgnoreFile.With(texts[file], Path.GetFileName(path));
            changed.Add(file);
        }

        var files = changed.Distinct(StringComparer.Ordinal).ToArray();
        foreach (var file in files)
        {
            Disk.Replace(file, texts[file]);
        }

        return files;
    }

    private static string FileOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, ".gitignore");

    private static string Text(Dictionary<string, string> texts, string file)
    {
        if (!texts.TryGetValue(file, out var text))
        {
            text = File.Exists(file) ? File.ReadAllText(file) : "";
            texts[file] = text;
        }

        return text;
    }
}
