using System.CommandLine;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Cli.Commands;
using Millwright.Cli.Screens;
using Millwright.Data.Workspace;

namespace Millwright.Cli.Data;

/// <summary><c>mw data</c>: DVC's verbs, options, texts and exit codes, so that <c>alias dvc="mw data"</c> works.</summary>
internal static class DataCommand
{
    private const int BadArguments = 254;

    /// <summary>Verbs by their words; longer names first, so that <c>data status</c> is found before <c>status</c>.</summary>
    private static readonly IDataVerb[] Verbs =
    [
        new InitVerb(), new AddVerb(), new StatusVerb(), new DataStatusVerb(), new CheckoutVerb(), new PushVerb(), new FetchVerb(), new PullVerb(),
        new RemoteAddVerb(), new RemoteListVerb(), new RemoteDefaultVerb(), new RemoteModifyVerb(), new RemoteRemoveVerb(), new RemoteRenameVerb(),
        new ConfigVerb(), new CacheDirVerb(), new ListVerb(), new DiskUsageVerb(), new RootVerb(), new VersionVerb(),
    ];

    /// <summary>The tree of the verbs.</summary>
    public static Command Build(CliContext cli) => VerbTree.Build(Verbs.Select(verb => verb.Usage));

    /// <summary>Runs the words after <c>mw data</c>.</summary>
    public static async Task<ExitCode> RunAsync(CliContext cli, IReadOnlyList<string> words, CancellationToken ct) =>
        words.TakeWhile(word => word is not "--").Any(word => word is "-h" or "--help")
            ? Help.Of(cli.Screen, VerbTree.Find(CommandLine.Tree(cli, Nouns.All.Single(noun => noun.Name is "data")).Subcommands[0], words))
            : (ExitCode)await RunAsync(words, new DataEnvironment(cli.Folder, System.Environment.GetEnvironmentVariable), cli.Screen, cli.Clock, cli.Actor, ct);

    /// <summary>Runs the words in an environment.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> words, DataEnvironment environment, IScreen screen, TimeProvider clock, string? actor, CancellationToken ct)
    {
        var (globals, rest) = Globals(words);
        for (var i = 0; i < globals.Count; i++)
        {
            if (globals[i] == "--cd")
            {
                environment = environment with { WorkingFolder = environment.Absolute(globals[++i]) };
            }
        }

        if (Find(rest, out var skip) is not { } verb)
        {
            return Unknown(rest, screen);
        }

        string[] own = [.. globals.Where(g => g is "-q" or "-v" or "--quiet" or "--verbose"), .. rest.Skip(skip)];
        var arguments = VerbArguments.Parse(verb.Usage, own, out var error);
        if (error is not null)
        {
            var columns = int.TryParse(environment.Variable("COLUMNS"), out var set) ? set : screen.Width;
            screen.Write(VerbHelp.Render(verb.Usage, columns));
            screen.Note($"ERROR: {error}");
            return BadArguments;
        }

        if (arguments.Value("--cd") is { } folder)
        {
            environment = environment with { WorkingFolder = environment.Absolute(folder) };
        }

        return await verb.RunAsync(new DataCall(arguments, environment, screen, clock, new Actor(arguments.Value("--as") ?? actor ?? System.Environment.UserName)), ct);
    }

    private static (IReadOnlyList<string> Before, IReadOnlyList<string> Words) Globals(IReadOnlyList<string> words)
    {
        var at = 0;
        while (at < words.Count && words[at].StartsWith('-'))
        {
            at += words[at] is "--cd" && at + 1 < words.Count ? 2 : 1;
        }

        return ([.. words.Take(at)], [.. words.Skip(at)]);
    }

    private static IDataVerb? Find(IReadOnlyList<string> words, out int skip)
    {
        foreach (var length in (ReadOnlySpan<int>)[2, 1])
        {
            var name = string.Join(' ', words.Take(length));
            skip = length;
            if (words.Count >= length && Array.Find(Verbs, v => v.Usage.Name == name || v.Usage.Aliases.Contains(name)) is { } verb)
            {
                return verb;
            }
        }

        skip = 0;
        return null;
    }

    private static int Unknown(IReadOnlyList<string> words, IScreen screen)
    {
        screen.Line("usage: mw data [-q | -v] [-h] [--cd <path>] command ...");
        screen.Line("");
        screen.Line("Available Commands:");
        foreach (var verb in Verbs)
        {
            screen.Line($"    {verb.Usage.Name,-16} {verb.Usage.Summary}");
        }

        if (words.Count == 0)
        {
            screen.Note("ERROR: the following arguments are required: command");
            return BadArguments;
        }

        var near = Nearest.To(string.Join(' ', words.Take(1)), Verbs.Select(v => v.Usage.Name));
        screen.Note($"ERROR: argument command: invalid choice: '{words[0]}'{(near is null ? "" : $"\nfix: did you mean '{near}'?")}");
        return BadArguments;
    }
}
