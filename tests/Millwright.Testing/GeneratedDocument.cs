namespace Millwright.Testing;

/// <summary>A document that is generated from the code. A test keeps it current; <c>MILLWRIGHT_REFRESH=1 ./test NAME</c> rewrites it.</summary>
public static class GeneratedDocument
{
    /// <summary>Null when the file holds this text; else what to do. Under <c>MILLWRIGHT_REFRESH</c> it is rewritten instead.</summary>
    /// <param name="path">Relative to the repository.</param>
    /// <param name="text">What it should hold.</param>
    public static string? Compare(string path, string text)
    {
        var full = Path.Combine(Golden.Repository, path);
        if (Environment.GetEnvironmentVariable("MILLWRIGHT_REFRESH") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
            return null;
        }

        var now = File.Exists(full) ? File.ReadAllText(full) : "";
        if (now == text)
        {
            return null;
        }

        var (old, fresh) = (now.Split('\n'), text.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, fresh.Length)).First(at => old.ElementAtOrDefault(at) != fresh.ElementAtOrDefault(at));
        return $"{path} is stale at line {line + 1}: '{old.ElementAtOrDefault(line)}' should be '{fresh.ElementAtOrDefault(line)}'; run MILLWRIGHT_REFRESH=1 ./test Reference_IsCurrent";
    }
}
