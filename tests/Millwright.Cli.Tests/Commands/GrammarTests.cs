using System.CommandLine;
using System.Text.Json;
using Millwright.Cli.Commands;
using Millwright.Testing;

namespace Millwright.Cli.Tests.Commands;

public sealed class GrammarTests
{
    private const int WrongDataArguments = 254;

    public static TheoryData<string> Paths() => new(Leaves().Select(leaf => Help.PathOf(leaf)));

    [Theory, MemberData(nameof(Paths))]
    public async Task EveryCommand_HasSummaryAndExamplesThatParse(string path)
    {
        var leaf = Leaves().Single(command => Help.PathOf(command) == path);
        leaf.Description.ShouldNotBeNullOrWhiteSpace();
        leaf.ShouldBeOfType<CliCommand>().Examples.ShouldNotBeEmpty();
        foreach (var example in ((CliCommand)leaf).Examples)
        {
            var words = Words(example);
            words.ShouldNotBeEmpty($"'{example}' does not call mw");
            var noun = Nouns.All.Single(known => known.Name == words[0]);
            if (noun.Raw is not null)
            {
                using var folder = new ScratchFolder();
                (await CommandLine.RunAsync([.. words, "--cd", folder.Path], new RecordingScreen(), TimeProvider.System)).ShouldNotBe(WrongDataArguments, $"example '{example}'");
                continue;
            }

            CommandLine.Tree(Context(), noun).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null }).Errors.ShouldBeEmpty($"example '{example}'");
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task EveryCommand_ShowsHelp(string path)
    {
        var screen = new RecordingScreen();
        (await CommandLine.RunAsync([.. path.Split(' ')[1..], "--help"], screen, TimeProvider.System)).ShouldBe(0);
        screen.Out.ShouldContain($"usage: {path}");
        screen.Out.ShouldContain("--json");
    }

    [Fact]
    public async Task HelpOfAGroup_ShowsAnExampleOfEachCommand()
    {
        var screen = new RecordingScreen();
        await CommandLine.RunAsync(["model", "--help"], screen, TimeProvider.System);
        screen.Out.ShouldContain("Examples");
        screen.Out.ShouldContain("mw model approve churn");
        screen.Out.ShouldContain("mw model promote churn");
    }

    [Theory]
    [InlineData("ledgr", "Did you mean 'ledger'?")]
    [InlineData("ledger serch", "Did you mean 'search'?")]
    [InlineData("ledger search --lmit 3", "Did you mean '--limit'?")]
    [InlineData("ledger search a b", "one argument too many")]
    [InlineData("ledger search --limit many", "limit")]
    [InlineData("zzzzzz", "See 'mw --help'")]
    public async Task Misspelling_NamesTheNearestAndEndsWithTwo(string line, string said)
    {
        var screen = new RecordingScreen();
        (await CommandLine.RunAsync(line.Split(' '), screen, TimeProvider.System)).ShouldBe(2);
        screen.Err.ShouldStartWith("error: ");
        screen.Err.ShouldContain("fix: ");
        screen.Err.ShouldContain(said);
    }

    [Fact]
    public async Task OutsideAProject_SaysHowToMakeOne()
    {
        using var folder = new ScratchFolder();
        var screen = new RecordingScreen();
        (await CommandLine.RunAsync(["ledger", "verify", "--project", folder.Path], screen, TimeProvider.System)).ShouldBe(2);
        screen.Err.ShouldContain("fix: Run 'mw init'");
    }

    [Fact]
    public async Task Json_IsOneDocumentAlsoForErrors()
    {
        using var folder = new ScratchFolder();
        var screen = new RecordingScreen();
        await CommandLine.RunAsync(["ledger", "verify", "--json", "--project", folder.Path], screen, TimeProvider.System);
        JsonDocument.Parse(screen.Out).RootElement.GetProperty("code").GetString().ShouldBe("project.none");
    }

    [Fact]
    public async Task Completion_OffersWhatFits()
    {
        var screen = new RecordingScreen();
        await CommandLine.RunAsync(["completion", "words", "--", "ledger", "s"], screen, TimeProvider.System);
        screen.Out.Trim().ShouldBe("search");
    }

    private static IEnumerable<Command> Leaves() => Nouns.All.SelectMany(noun => Descend(noun.Build(Context()), new RootCommand()));

    private static IEnumerable<Command> Descend(Command command, Command parent)
    {
        if (parent is RootCommand)
        {
            parent.Subcommands.Add(command);
        }

        return command.Action is not null ? [command] : command.Subcommands.SelectMany(sub => Descend(sub, command));
    }

    private static CliContext Context() => new(new RecordingScreen(), TimeProvider.System);

    // The words after 'mw', without what the shell takes for itself.
    private static List<string> Words(string example)
    {
        var words = System.Text.RegularExpressions.Regex.Matches(example, @"'[^']*'|""[^""]*""|\S+").Select(match => match.Value.Trim('\'', '"')).ToList();
        var start = words.FindIndex(word => word.TrimStart('<', '(') is "mw");
        return [.. words.Skip(start + 1).TakeWhile(word => word is not (">" or "|" or "&&" or ";")).Select(word => word.TrimEnd(')'))];
    }
}
