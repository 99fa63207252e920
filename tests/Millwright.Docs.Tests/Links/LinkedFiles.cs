using System.Text.RegularExpressions;
using Millwright.Docs.Tests.Documents;
using Millwright.Testing;

namespace Millwright.Docs.Tests.Links;

/// <summary>Whether what a page links to, and every file of the repository that it names, is there.</summary>
internal static partial class LinkedFiles
{
    private static readonly string[] Folders = ["src", "tests", "docs", "eng", "samples", "bench", ".ci"];

    /// <summary>What is missing.</summary>
    public static IEnumerable<string> Check(Document page) => Links(page).Concat(Paths(page));

    private static IEnumerable<string> Links(Document page)
    {
        foreach (var link in page.Links.Where(link => !link.Text.Contains("://", StringComparison.Ordinal) && !link.Text.StartsWith("mailto:", StringComparison.Ordinal)))
        {
            var parts = link.Text.Split('#');
            var target = parts[0].Length == 0 ? page.Path : Path.Combine(Path.GetDirectoryName(page.Path)!, parts[0]);
            var full = Path.Combine(Golden.Repository, target);
            if (parts[0].Length > 0 && !Path.Exists(full))
            {
                yield return page.At(link.Line, $"the link '{link.Text}' leads nowhere");
            }
            else if (parts.Length == 2 && target.EndsWith(".md", StringComparison.Ordinal))
            {
                var linked = parts[0].Length == 0 ? page : new Document(target, File.ReadAllText(full));
                if (!linked.Anchors.Contains(parts[1], StringComparer.Ordinal))
                {
                    yield return page.At(link.Line, $"'{target}' has no heading for '#{parts[1]}'");
                }
            }
        }
    }

    // A word in capitals stands for something the reader fills in, a star for any name.
    private static IEnumerable<string> Paths(Document page)
    {
        var listed = page.Fences.Where(fence => fence.Language is "" or "text")
            .SelectMany(fence => fence.Text.Split('\n').Select((line, at) => new Span(line.Split(' ')[0], fence.Line + 1 + at)));
        foreach (var span in page.Spans.Concat(listed).Where(span => PathPattern().IsMatch(span.Text) && Folders.Contains(span.Text.Split('/')[0])))
        {
            var known = span.Text.TrimEnd('/').Split('/').TakeWhile(part => !PlaceholderPattern().IsMatch(part)).ToArray();
            var path = Path.Combine(Golden.Repository, Path.Combine(known));
            if (!Path.Exists(path))
            {
                yield return page.At(span.Line, $"there is no '{span.Text}'");
            }
        }
    }

    [GeneratedRegex(@"^\.?[\w.*\-]+(/[\w.*\-]+)+/?$", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\*|(^|\.)[A-Z]+(\.|$)|^X", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderPattern();
}
