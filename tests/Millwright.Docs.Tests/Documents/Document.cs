using System.Text.RegularExpressions;
using Millwright.Testing;

namespace Millwright.Docs.Tests.Documents;

/// <summary>A page of the documentation, read as far as the checks need it: fenced blocks, code spans and links, each with its line.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Text">Markdown.</param>
internal sealed partial record Document(string Path, string Text)
{
    /// <summary>Every page: those at the repository's root and everything below <c>docs/</c>.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. Directory.GetFiles(Golden.Repository, "*.md")
            .Concat(Directory.GetFiles(System.IO.Path.Combine(Golden.Repository, "docs"), "*.md", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => new Document(System.IO.Path.GetRelativePath(Golden.Repository, path), File.ReadAllText(path))),
    ];

    /// <summary>Fenced code blocks.</summary>
    public IReadOnlyList<Fence> Fences { get; } = [.. FindFences(Text)];

    /// <summary>What stands between single backticks outside fenced blocks.</summary>
    public IEnumerable<Span> Spans => Prose().SelectMany(line => SpanPattern().Matches(line.Text).Select(match => new Span(match.Groups[1].Value, line.Line)));

    /// <summary>Targets of links and images outside fenced blocks.</summary>
    public IEnumerable<Span> Links => Prose().SelectMany(line => LinkPattern().Matches(SpanPattern().Replace(line.Text, "")).Select(match => new Span(match.Groups[1].Value, line.Line)));

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors => Prose()
        .Where(line => line.Text.StartsWith('#'))
        .Select(line => AnchorPattern().Replace(line.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>A complaint about one of its lines.</summary>
    public string At(int line, string complaint) => $"{Path}:{line}: {complaint}";

    private IEnumerable<Span> Prose()
    {
        var lines = Text.Split('\n');
        return lines.Select((text, at) => new Span(text, at + 1)).Where(line => !Fences.Any(fence => line.Line >= fence.Line && line.Line <= fence.LastLine));
    }

    private static IEnumerable<Fence> FindFences(string text)
    {
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.FindIndex(lines, at + 1, line => line.Trim() is "```");
            end = end < 0 ? lines.Length - 1 : end;
            var indent = lines[at].Length - lines[at].TrimStart().Length;
            yield return new Fence(
                lines[at].Trim()[3..].Trim(),
                string.Join('\n', lines[(at + 1)..end].Select(line => line.Length >= indent ? line[indent..] : line)),
                at + 1,
                end + 1);
            at = end;
        }
    }

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex SpanPattern();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.CultureInvariant)]
    private static partial Regex AnchorPattern();
}

/// <summary>A fenced code block.</summary>
/// <param name="Language">What stands after the fence.</param>
/// <param name="Text">Its lines.</param>
/// <param name="Line">The line of the opening fence, from 1.</param>
/// <param name="LastLine">The line of the closing one.</param>
internal sealed record Fence(string Language, string Text, int Line, int LastLine);

/// <summary>A piece of text and its line, from 1.</summary>
internal sealed record Span(string Text, int Line);
