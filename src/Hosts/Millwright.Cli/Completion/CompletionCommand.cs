using System.CommandLine;
using System.Text.Json.Serialization;
using Millwright.Abstractions.Results;
using Millwright.Cli.Commands;

namespace Millwright.Cli.Completion;

/// <summary><c>mw completion</c>: scripts that ask <c>mw completion words</c> for what may follow.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _mw() { mapfile -t COMPREPLY < <(mw completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); }
        complete -o default -F _mw mw
        """;

    private const string Zsh = """
        #compdef mw
        _mw() { local -a found; found=("${(@f)$(mw completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"); compadd -a found; }
        compdef _mw mw
        """;

    private const string Fish = """
        complete -c mw -f -a "(mw completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)"
        """;

    public static Command Build(CliContext cli)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        return new CliCommand("completion", "Print a shell completion script.", "source <(mw completion bash)", "mw completion fish > ~/.config/fish/completions/mw.fish")
        {
            shell, Words(cli),
        }.OnRun(cli, (args, _) => Task.FromResult(Print(cli, args.GetValue(shell)!)));
    }

    private static ExitCode Print(CliContext cli, string shell)
    {
        var script = shell switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => null };
        if (script is null)
        {
            return cli.Fail(new Problem("completion.shell", $"There is no completion for '{shell}'.", "Use bash, zsh or fish."));
        }

        return cli.Show(new CompletionScript(shell, script), CompletionJson.Default.CompletionScript, shown => cli.Screen.Line(shown.Script));
    }

    private static CliCommand Words(CliContext cli)
    {
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        var command = new CliCommand("words", "What may follow these words; used by the scripts.") { words };
        command.Hidden = true;
        return command.OnRun(cli, (args, _) =>
        {
            foreach (var candidate in Candidates(cli, args.GetValue(words) ?? []))
            {
                cli.Screen.Line(candidate);
            }

            return Task.FromResult(ExitCode.Done);
        });
    }

    private static IEnumerable<string> Candidates(CliContext cli, string[] words)
    {
        var last = words.Length == 0 ? "" : words[^1];
        if (words.Length <= 1)
        {
            return Nouns.All.Select(noun => noun.Name).Where(name => name.StartsWith(last, StringComparison.Ordinal));
        }

        if (Nouns.All.FirstOrDefault(noun => noun.Name == words[0]) is not { } noun)
        {
            return [];
        }

        Command at = CommandLine.Tree(cli, noun).Subcommands[0];
        foreach (var word in words[1..^1])
        {
            at = at.Subcommands.FirstOrDefault(sub => sub.Name == word) ?? at;
        }

        return at.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)
            .Concat(Help.OptionsOf(at).Select(option => option.Name))
            .Where(name => name.StartsWith(last, StringComparison.Ordinal));
    }
}

/// <summary>A completion script.</summary>
/// <param name="Shell"><c>bash</c>, <c>zsh</c> or <c>fish</c>.</param>
/// <param name="Script">What the shell reads.</param>
internal sealed record CompletionScript(string Shell, string Script);

/// <summary>Serialisation of the script.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CompletionScript))]
internal sealed partial class CompletionJson : JsonSerializerContext;
