using System.CommandLine;
using System.Text;
using Millwright.Cli.Commands;
using Millwright.Cli.Tests.Commands;
using Millwright.Testing;

namespace Millwright.Cli.Tests.Reference;

public sealed class CliReferenceTests
{
    [Fact]
    public async Task Reference_IsCurrent() => GeneratedDocument.Compare("docs/reference/cli.md", await WriteAsync()).ShouldBeNull();

    [Fact]
    public async Task StaleReference_IsNoticed()
    {
        if (Environment.GetEnvironmentVariable("MILLWRIGHT_REFRESH") is not { Length: > 0 })
        {
            GeneratedDocument.Compare("docs/reference/cli.md", await WriteAsync() + "x").ShouldNotBeNull().ShouldContain("stale");
        }
    }

    private static async Task<string> WriteAsync()
    {
        var text = new StringBuilder("""
            # Command line

            Generated from the commands themselves. Every command takes `--json` (one JSON document on standard output and nothing else),
            `--project DIR` (`mw data`: `--cd PATH`, as DVC calls it) and `--as NAME`. Exit codes: 0 done; 1 the answer is no (validation failed, a gate refused, drift found); 2 bad usage or
            input; 3 something outside is unavailable; 70 a bug; 130 cancelled. `mw data` keeps DVC's codes.

            """);
        foreach (var noun in Nouns.All)
        {
            text.Append($"\n## mw {noun.Name}\n\n{noun.Summary}.\n");
            foreach (var path in Leaves(noun))
            {
                var screen = new RecordingScreen();
                await CommandLine.RunAsync([.. path.Split(' '), "--help"], screen, TimeProvider.System);
                text.Append($"\n```text\n$ mw {path} --help\n{screen.Out.TrimEnd()}\n```\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Leaves(Noun noun)
    {
        var root = CommandLine.Tree(new CliContext(new RecordingScreen(), TimeProvider.System), noun);
        return Descend(root.Subcommands[0]).Where(command => !command.Hidden).Select(command => Help.PathOf(command)["mw ".Length..]);
    }

    private static IEnumerable<Command> Descend(Command command) =>
        (command.Action is null ? [] : (IEnumerable<Command>)[command]).Concat(command.Subcommands.SelectMany(Descend));
}
