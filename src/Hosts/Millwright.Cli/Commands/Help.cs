using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Millwright.Cli.Screens;

namespace Millwright.Cli.Commands;

/// <summary>Prints help: usage, arguments, options, commands and examples.</summary>
internal sealed class Help(IScreen screen) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        return (int)Of(screen, parseResult.CommandResult.Command);
    }

    /// <summary>The overview.</summary>
    public static void Root(IScreen screen, IReadOnlyList<Noun> nouns)
    {
        screen.Line("mw: machine learning run the way good engineers run software");
        screen.Line("");
        screen.Line("usage: mw COMMAND [ARGUMENTS] [--json] [--project DIR] [--as NAME]");
        foreach (var group in nouns.GroupBy(noun => noun.Group))
        {
            screen.Line("");
            screen.Line(screen.Bold(group.Key));
            List(screen, group.Select(noun => (noun.Name, noun.Summary)));
        }

        screen.Line("");
        screen.Line(screen.Bold("Examples"));
        screen.Line("  mw init                      make the current folder a project");
        screen.Line("  mw run pipelines/train.yaml  run a pipeline; what has not changed is not run again");
        screen.Line("  mw COMMAND --help            arguments, options and examples of a command");
    }

    /// <summary>The words that lead to a command.</summary>
    public static string PathOf(Command command)
    {
        var words = new List<string>();
        for (var at = command; at is not RootCommand; at = at.Parents.OfType<Command>().First())
        {
            words.Insert(0, at.Name);
        }

        return string.Join(' ', words.Prepend("mw"));
    }

    /// <summary>A command's own options and those of the commands above it.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive))
        .Where(option => !option.Hidden);

    /// <summary>The help of one command.</summary>
    public static ExitCode Of(IScreen screen, Command command)
    {
        screen.Line(command.Description ?? "");
        screen.Line("");
        var arguments = command.Arguments.Where(argument => !argument.Hidden).ToList();
        screen.Line($"usage: {PathOf(command)}{(command.Subcommands.Count > 0 ? " COMMAND" : "")}{string.Concat(arguments.Select(argument => " " + Usage(argument)))} [OPTIONS]");
        Section(screen, "Commands", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? "")));
        Section(screen, "Arguments", arguments.Select(argument => (Usage(argument).Trim('[', ']'), argument.Description ?? "")));
        Section(screen, "Options", OptionsOf(command).Select(option => (Usage(option), Describe(option))));
        if (ExamplesOf(command).ToList() is [_, ..] examples)
        {
            screen.Line("");
            screen.Line(screen.Bold("Examples"));
            foreach (var example in examples)
            {
                screen.Line("  " + example);
            }
        }

        return ExitCode.Done;
    }

    // A group shows the first example of each of its commands.
    private static IEnumerable<string> ExamplesOf(Command command) => command is CliCommand { Examples: [_, ..] own }
        ? own
        : command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => ExamplesOf(sub).Take(1));

    private static void Section(IScreen screen, string title, IEnumerable<(string Name, string Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count > 0)
        {
            screen.Line("");
            screen.Line(screen.Bold(title));
            List(screen, all);
        }
    }

    private static void List(IScreen screen, IEnumerable<(string Name, string Text)> rows)
    {
        var all = rows.ToList();
        var width = Math.Min(32, all.Max(row => row.Name.Length));
        foreach (var (name, text) in all)
        {
            screen.Line($"  {name.PadRight(width)}  {text}");
        }
    }

    private static string Usage(Argument argument)
    {
        var name = (argument.HelpName ?? argument.Name).ToUpperInvariant() + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Usage(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2).Append(option.Name));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? names : $"{names} {(option.HelpName ?? "VALUE").ToUpperInvariant()}";
    }

    private static string Describe(Option option) => option is HelpOption ? "Show this help." : option.Description ?? "";
}
