using System.CommandLine;
using Millwright.Cli.Commands;
using Millwright.Cli.Data;
using Millwright.Cli.Screens;
using Millwright.Docs.Tests.Documents;

namespace Millwright.Docs.Tests.Commands;

/// <summary>Holds every <c>mw</c> command line of a page against the command line's own grammar.</summary>
internal static class CommandLines
{
    private static readonly IReadOnlyList<IDataVerb> DataVerbs =
    [
        .. typeof(IDataVerb).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IDataVerb)))
            .Select(type => (IDataVerb)Activator.CreateInstance(type, nonPublic: true)!),
    ];

    /// <summary>What is wrong on a page. Blocks hold complete commands; a code span may stop short.</summary>
    public static IEnumerable<string> Check(Document page)
    {
        foreach (var fence in page.Fences.Where(fence => fence.Language is "sh" or "console"))
        {
            foreach (var (text, line) in Lines(fence))
            {
                foreach (var words in ShellText.Commands(text).Where(words => words[0] is "mw" or "./mw"))
                {
                    if (Wrong([.. words.Skip(1)], isComplete: true) is { } complaint)
                    {
                        yield return page.At(line, $"'{text}': {complaint}");
                    }
                }
            }
        }

        foreach (var span in page.Spans.Where(span => span.Text.StartsWith("mw ", StringComparison.Ordinal)))
        {
            foreach (var words in ShellText.Commands(span.Text).Where(words => words[0] is "mw"))
            {
                if (Wrong([.. words.Skip(1).Where(word => word is not ("..." or "…"))], isComplete: false) is { } complaint)
                {
                    yield return page.At(span.Line, $"`{span.Text}`: {complaint}");
                }
            }
        }
    }

    /// <summary>How many complete commands a page has.</summary>
    public static int Count(Document page) => page.Fences
        .Where(fence => fence.Language is "sh" or "console")
        .SelectMany(Lines)
        .Sum(line => ShellText.Commands(line.Text).Count(words => words[0] is "mw" or "./mw"));

    // In a console block commands stand behind a dollar sign, the rest is output. A backslash at the end continues a line.
    private static IEnumerable<(string Text, int Line)> Lines(Fence fence)
    {
        var lines = fence.Text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var (text, line) = (lines[at], fence.Line + 1 + at);
            if (fence.Language is "console" && !text.StartsWith("$ ", StringComparison.Ordinal))
            {
                continue;
            }

            while (text.EndsWith('\\') && at + 1 < lines.Length)
            {
                text = text[..^1] + lines[++at];
            }

            yield return (fence.Language is "console" ? text[2..] : text, line);
        }
    }

    private static string? Wrong(IReadOnlyList<string> words, bool isComplete)
    {
        if (words is [] or ["--help" or "-h" or "--version"] or ["help", ..])
        {
            return null;
        }

        if (Nouns.All.FirstOrDefault(noun => noun.Name == words[0]) is not { } noun)
        {
            return $"there is no command '{words[0]}'";
        }

        return noun.Raw is null ? WrongInTree(noun, words, isComplete) : WrongInData([.. words.Skip(1)], isComplete);
    }

    private static string? WrongInTree(Noun noun, IReadOnlyList<string> words, bool isComplete)
    {
        var cli = new CliContext(new ConsoleScreen(), TimeProvider.System);
        var parsed = CommandLine.Tree(cli, noun).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Action is Help || CommandLine.Misread(parsed, words) is not { } problem || (!isComplete && problem.Code is "usage.invalid" or "usage.missing")
            ? null
            : problem.Message;
    }

    private static string? WrongInData(IReadOnlyList<string> words, bool isComplete)
    {
        if (words.Contains("--help") || (words.Count == 0 && !isComplete))
        {
            return null;
        }

        var verb = DataVerbs
            .Select(candidate => (candidate.Usage, Words: candidate.Usage.Name.Split(' ')))
            .Where(candidate => words.Take(candidate.Words.Length).SequenceEqual(candidate.Words))
            .OrderByDescending(candidate => candidate.Words.Length)
            .FirstOrDefault();
        if (verb.Usage is null)
        {
            return !isComplete && DataVerbs.Any(candidate => candidate.Usage.Name.StartsWith(words[0] + " ", StringComparison.Ordinal))
                ? null
                : $"there is no 'mw data {string.Join(' ', words)}'";
        }

        VerbArguments.Parse(verb.Usage, [.. words.Skip(verb.Words.Length)], out var error);
        return error is null || (!isComplete && error.StartsWith("the following arguments are required", StringComparison.Ordinal)) ? null : error;
    }
}
