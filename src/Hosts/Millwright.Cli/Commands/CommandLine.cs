using System.CommandLine;
using System.CommandLine.Help;
using Millwright.Abstractions.Results;
using Millwright.Cli.Screens;

namespace Millwright.Cli.Commands;

/// <summary>Finds the command, runs it, returns its exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, IScreen screen, TimeProvider clock)
    {
        await using var cli = new CliContext(screen, clock);
        if (args.Count == 0 || args[0] is "--help" or "-h" or "-?" or "help" && args.Count == 1)
        {
            Help.Root(screen, Nouns.All);
            return args.Count == 0 ? (int)ExitCode.Invalid : (int)ExitCode.Done;
        }

        if (args is ["--version"])
        {
            screen.Line(typeof(CommandLine).Assembly.GetName().Version!.ToString(3));
            return (int)ExitCode.Done;
        }

        var words = args[0] is "help" ? [.. args.Skip(1), "--help"] : args;
        cli.Bind(words);
        if (Nouns.All.FirstOrDefault(noun => noun.Name == words[0]) is not { } noun)
        {
            return (int)cli.Fail(Unknown("command", words[0], Nouns.All.Select(known => known.Name), "mw --help"));
        }

        return noun.Raw is { } raw
            ? (int)await RunRawAsync(cli, raw, [.. words.Skip(1)])
            : await RunParsedAsync(cli, noun, words);
    }

    /// <summary>The command tree of one noun below a root with the options every command has.</summary>
    public static RootCommand Tree(CliContext cli, Noun noun)
    {
        var root = new RootCommand("mw");
        root.Options.Clear();
        root.Directives.Clear();
        root.Options.Add(new HelpOption("--help", "-h") { Action = new Help(cli.Screen) });
        root.Options.Add(CliContext.JsonOption);
        if (noun.Raw is null)
        {
            // A noun with a grammar of its own has its own word for it.
            root.Options.Add(CliContext.ProjectOption);
        }

        root.Options.Add(CliContext.ActorOption);
        root.Subcommands.Add(noun.Build(cli));
        return root;
    }

    private static async Task<ExitCode> RunRawAsync(
        CliContext cli, Func<CliContext, IReadOnlyList<string>, CancellationToken, Task<ExitCode>> raw, IReadOnlyList<string> words)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGINT, signal => Cancel(signal, stop));
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM, signal => Cancel(signal, stop));
        return await cli.GuardAsync(() => raw(cli, words, stop.Token));
    }

    private static void Cancel(System.Runtime.InteropServices.PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    private static async Task<int> RunParsedAsync(CliContext cli, Noun noun, IReadOnlyList<string> words)
    {
        var parsed = Tree(cli, noun).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not Help && Misread(parsed, words) is { } problem)
        {
            cli.Bind(parsed);
            return (int)cli.Fail(problem);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }

    /// <summary>What is wrong with the words, or null.</summary>
    internal static Problem? Misread(ParseResult parsed, IReadOnlyList<string> words)
    {
        var command = parsed.CommandResult.Command;
        var path = Help.PathOf(command);

        // The parser takes an unknown option for an argument's value; a user who wrote it meant an option (after "--" it is a value).
        var swallowed = parsed.CommandResult.Children.OfType<System.CommandLine.Parsing.ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value is ['-', not (>= '0' and <= '9'), ..] && !words.SkipWhile(word => word is not "--").Contains(token.Value));
        if (swallowed is not null)
        {
            return Unknown("option", swallowed.Value, Help.OptionsOf(command).Select(option => option.Name), $"{path} --help");
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }
        if (parsed.UnmatchedTokens is [var word, ..])
        {
            return word.StartsWith('-')
                ? Unknown("option", word, Help.OptionsOf(command).Select(option => option.Name), $"{path} --help")
                : command.Subcommands.Count > 0
                    ? Unknown("command", word, command.Subcommands.Select(sub => sub.Name), $"{path} --help")
                    : new Problem("usage.extra", $"'{word}' is one argument too many for '{path}'.", $"See '{path} --help'.");
        }

        var missing = command.Arguments.Where(argument => parsed.GetResult(argument) is not { Tokens.Count: > 0 } && argument.Arity.MinimumNumberOfValues > 0).Select(argument => argument.Name.ToUpperInvariant()).ToList();
        if (missing.Count > 0)
        {
            var example = command is CliCommand { Examples: [var first, ..] } ? $"Write for example '{first}'; see" : "See";
            return new Problem("usage.missing", $"'{path}' needs {string.Join(" and ", missing)}.", $"{example} '{path} --help'.");
        }

        return new Problem("usage.invalid", string.Join(" ", parsed.Errors.Select(error => error.Message)), $"See '{path} --help'.");
    }

    private static Problem Unknown(string what, string word, IEnumerable<string> known, string help)
    {
        var near = Nearest.To(word, known);
        return new Problem(
            "usage.unknown", $"Unknown {what} '{word}'.",
            near is null ? $"See '{help}'." : $"Did you mean '{near}'? See '{help}'.");
    }
}
