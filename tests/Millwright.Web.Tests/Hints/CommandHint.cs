using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Millwright.Cli.Commands;
using Millwright.Cli.Screens;

namespace Millwright.Web.Tests.Hints;

/// <summary>A command that a page tells its reader to type.</summary>
/// <param name="Where">Path of the page, or its source.</param>
/// <param name="Text">The command line.</param>
internal sealed partial record CommandHint(string Where, string Text)
{
    /// <summary>The hints of a rendered page: code that begins with <c>mw</c>, and the quoted commands of its notes.</summary>
    public static IEnumerable<CommandHint> Of(string path, string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        return document.QuerySelectorAll("code").Select(code => code.TextContent.Trim()).Where(text => text.StartsWith("mw ", StringComparison.Ordinal))
            .Concat(document.QuerySelectorAll(".note, .nothing").SelectMany(note => Quoted().Matches(note.TextContent).Select(match => match.Groups["hint"].Value)))
            .Select(text => new CommandHint(path, text));
    }

    /// <summary>The hints in a page's source, also those of states that are not on show; what the page fills in is a number, which is a word as well.</summary>
    public static IEnumerable<CommandHint> OfSource(string file, string razor) =>
        InSource().Matches(razor).Select(match => new CommandHint(file, FilledIn().Replace(match.Groups["hint"].Value, "1")));

    /// <summary>What the command line itself says is wrong with it, or null.</summary>
    public string? Wrong()
    {
        var words = CommandLineParser.SplitCommandLine(Text).Skip(1).ToList();
        if (Nouns.All.FirstOrDefault(noun => noun.Name == words[0]) is not { } noun)
        {
            return $"{Where}: '{Text}': there is no command '{words[0]}'";
        }

        if (noun.Raw is not null)
        {
            return $"{Where}: '{Text}': the grammar of '{noun.Name}' is not checked here";
        }

        var parsed = CommandLine.Tree(new CliContext(new ConsoleScreen(), TimeProvider.System), noun).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return CommandLine.Misread(parsed, words) is { } problem ? $"{Where}: '{Text}': {problem.Message}" : null;
    }

    [GeneratedRegex("'(?<hint>mw [^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    // <code>mw …</code>, Command="mw …" and Command="@($"mw …")".
    [GeneratedRegex("(<code>|Command=\"(@\\(\\$\")?)(?<hint>mw [^<\\n]*?)(</code>|\"\\)\"|\" ?/>|\">|\" )", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InSource();

    // @(…), @name.Part and {…} of an interpolated string.
    [GeneratedRegex("@\\([^)]*\\)|@[\\w.]+|\\{[^}]*\\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FilledIn();
}
