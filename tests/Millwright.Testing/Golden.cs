using System.Runtime.CompilerServices;

namespace Millwright.Testing;

/// <summary>
/// Where golden cases lie: below <c>$MILLWRIGHT_GOLDEN</c> (default <c>tests/golden</c>), a folder per area, with the data files that
/// cases name in <c>data/</c> beside the areas.
/// </summary>
public static class Golden
{
    /// <summary>The root of the repository's sources.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder with the areas.</summary>
    public static string Root =>
        Environment.GetEnvironmentVariable("MILLWRIGHT_GOLDEN") is { Length: > 0 } root
            ? Path.GetFullPath(root)
            : Path.Combine(Repository, "tests", "golden");

    /// <summary>The folder of one area.</summary>
    public static string Area(string area) => Path.Combine(Root, area);

    /// <summary>A data file that a case names.</summary>
    public static string Data(string file) => Path.Combine(Root, "data", file);

    /// <summary>Kinds of an area that no room supports yet, read from <c>tests/golden/pending.md</c>: lines of the form <c>* `area` `kind`</c>.</summary>
    public static IReadOnlySet<string> Pending(string area) =>
        File.ReadLines(Path.Combine(Repository, "tests", "golden", "pending.md"))
            .Select(line => line.Split('`'))
            .Where(parts => parts is ["* ", _, " ", _, ..] && parts[1] == area)
            .Select(parts => parts[3])
            .ToHashSet(StringComparer.Ordinal);

    private static string FindRepository([CallerFilePath] string here = "") =>
        Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(here)!)!)!;
}
