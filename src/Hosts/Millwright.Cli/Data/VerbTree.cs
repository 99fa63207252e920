using System.CommandLine;
using Millwright.Cli.Commands;

namespace Millwright.Cli.Data;

/// <summary>
/// The data verbs as a tree of commands, for help, completion and the reference, which look alike for every command. The words themselves
/// are read by <see cref="VerbArguments"/>, as DVC reads them.
/// </summary>
internal static class VerbTree
{
    public static Command Build(IEnumerable<VerbUsage> verbs)
    {
        var data = new Command("data", "Version data: DVC's verbs, options and files.");
        foreach (var usage in verbs)
        {
            var words = usage.Name.Split(' ');
            var parent = data;
            foreach (var word in words[..^1])
            {
                var group = parent.Subcommands.FirstOrDefault(sub => sub.Name == word);
                if (group is null)
                {
                    parent.Subcommands.Add(group = new Command(word, $"Commands about the {word}."));
                }

                parent = group;
            }

            parent.Subcommands.Add(Leaf(usage, words[^1]));
        }

        return data;
    }

    /// <summary>The command that words mean, at least <paramref name="tree"/>.</summary>
    public static Command Find(Command tree, IEnumerable<string> words)
    {
        foreach (var word in words.Where(word => !word.StartsWith('-')))
        {
            if (tree.Subcommands.FirstOrDefault(sub => sub.Name == word || sub.Aliases.Contains(word)) is not { } next)
            {
                break;
            }

            tree = next;
        }

        return tree;
    }

    private static CliCommand Leaf(VerbUsage usage, string name)
    {
        var command = new CliCommand(name, usage.Summary, usage.Examples);
        foreach (var alias in usage.Aliases)
        {
            command.Aliases.Add(alias.Split(' ')[^1]);
        }

        foreach (var operand in usage.Operands)
        {
            command.Arguments.Add(new Argument<string[]>(operand.Name)
            {
                Description = operand.Help,
                Arity = new ArgumentArity(operand.Count is "" or "+" ? 1 : 0, operand.Count is "*" or "+" ? 100_000 : 1),
            });
        }

        foreach (var option in usage.All.Where(option => option is { IsUnsupported: false } && option.Key is not ("--help" or "--json" or "--as")))
        {
            command.Options.Add(option.Value is { } value
                ? new Option<string?>(option.Key, [.. option.Names[..^1]]) { Description = option.Help, HelpName = value.Trim('<', '>', '{', '}').Replace(',', '|') }
                : new Option<bool>(option.Key, [.. option.Names[..^1]]) { Description = option.Help });
        }

        command.SetAction(_ => 0);
        return command;
    }
}
