using System.Text.RegularExpressions;
using Millwright.Testing;

namespace Millwright.Docs.Tests.Names;

/// <summary>Names that stand in the sources.</summary>
internal static partial class SourceNames
{
    /// <summary>Types below <c>src</c>, and the last parts of its projects' names.</summary>
    public static IReadOnlySet<string> Types { get; } = Sources("src")
        .SelectMany(file => TypePattern().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .Concat(Directory.GetFiles(Path.Combine(Golden.Repository, "src"), "*.csproj", SearchOption.AllDirectories).Select(project => Path.GetFileNameWithoutExtension(project).Split('.')[^1]))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Tests, as <c>Class.Method</c>.</summary>
    public static IReadOnlySet<string> Tests { get; } = Sources("tests")
        .Where(file => file.EndsWith("Tests.cs", StringComparison.Ordinal))
        .SelectMany(file => TestPattern().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups[1].Value}"))
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Golden.Repository, folder), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum|delegate \w+) (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"\[(?:Fact|Theory)\b[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public (?:async )?(?:void|Task|ValueTask) (\w+)\(", RegexOptions.CultureInvariant)]
    private static partial Regex TestPattern();
}
