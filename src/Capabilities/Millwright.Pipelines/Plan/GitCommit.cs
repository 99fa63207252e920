namespace Millwright.Pipelines.Plan;

/// <summary>Reads the commit that a work tree has checked out, from Git's own files: no process, no milliseconds.</summary>
internal static class GitCommit
{
    private const int Length = 40;

    /// <summary>The commit of the repository around a folder, or null outside one or before the first commit.</summary>
    public static string? Read(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var git = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(git))
            {
                return ReadHead(git, git);
            }

            if (File.Exists(git) && File.ReadAllText(git).Trim() is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var target])
            {
                var own = Path.GetFullPath(target.Trim(), at.FullName);
                var common = Path.Combine(own, "commondir");
                return ReadHead(own, File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), own) : own);
            }
        }

        return null;
    }

    private static string? ReadHead(string own, string common)
    {
        var file = Path.Combine(own, "HEAD");
        var head = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
        {
            return head.Length == Length ? head : null;
        }

        var name = head[5..];
        var loose = Path.Combine(common, name);
        if (File.Exists(loose))
        {
            return File.ReadAllText(loose).Trim();
        }

        var packed = Path.Combine(common, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).Where(line => line.EndsWith(' ' + name, StringComparison.Ordinal)).Select(line => line[..Length]).FirstOrDefault()
            : null;
    }
}
