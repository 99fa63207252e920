using System.Text;

namespace Millwright.Cli.Data;

/// <summary>The usage of a data verb in the layout of DVC's, as it answers wrong arguments. What <c>--help</c> shows is <see cref="VerbTree"/>'s.</summary>
internal static class VerbHelp
{
    private const int HelpColumn = 24;

    /// <summary>The whole text; the window is <paramref name="columns"/> wide.</summary>
    public static string Render(VerbUsage usage, int columns)
    {
        var width = Math.Max(columns - 2, 40);
        var text = new StringBuilder();
        Usage(text, usage, width);
        text.Append('\n').Append(usage.Summary).Append('\n')
            .Append($"Documentation: <https://man.dvc.org/{usage.Name.Replace(' ', '/')}>\n");
        Section(text, "positional arguments", usage.Operands.Select(o => (o.Name, o.Help)), width);
        Section(text, "options", usage.All.Where(o => !o.IsAddition).Select(o => (string.Join(", ", o.Names.Select(n => o.Value is null ? n : $"{n} {Shown(o)}")), o.Help)), width);
        return text.ToString();
    }

    private static void Usage(StringBuilder text, VerbUsage usage, int width)
    {
        var program = $"dvc {usage.Name}";
        var options = new List<string> { "[-h]", "[-q | -v]" };
        options.AddRange(usage.Options.Where(o => !o.IsAddition).Select(o => o.Value is null ? $"[{o.Names[0]}]" : $"[{o.Names[0]} {Shown(o)}]"));
        var operands = usage.Operands.Select(o => o.Count switch
        {
            "+" => $"{o.Name} [{o.Name} ...]",
            "*" => $"[{o.Name} ...]",
            "?" => $"[{o.Name}]",
            _ => o.Name,
        }).ToArray();
        var line = $"usage: {program} {string.Join(' ', options.Concat(operands))}";
        if (line.Length <= width)
        {
            text.Append(line).Append('\n');
            return;
        }

        var indent = $"usage: {program} ".Length;
        Wrap(text, $"usage: {program}", options, indent, width);
        if (operands.Length > 0)
        {
            Wrap(text, new string(' ', indent - 1), operands, indent, width);
        }
    }

    private static string Shown(VerbOption option) => option.Implied is null ? option.Value! : $"[{option.Value}]";

    private static void Wrap(StringBuilder text, string lead, IEnumerable<string> words, int indent, int width)
    {
        var line = lead;
        foreach (var word in words)
        {
            if (line.Length + 1 + word.Length > width)
            {
                text.Append(line).Append('\n');
                line = new string(' ', indent - 1);
            }

            line += " " + word;
        }

        text.Append(line).Append('\n');
    }

    private static void Section(StringBuilder text, string title, IEnumerable<(string Name, string Help)> rows, int width)
    {
        var lines = rows.ToArray();
        if (lines.Length == 0)
        {
            return;
        }

        text.Append('\n').Append(title).Append(":\n");
        foreach (var (name, help) in lines)
        {
            var fits = name.Length <= HelpColumn - 4;
            text.Append("  ").Append(fits ? name.PadRight(HelpColumn - 2) : name + "\n" + new string(' ', HelpColumn));
            var line = "";
            foreach (var word in help.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width - HelpColumn)
                {
                    text.Append(line).Append('\n').Append(' ', HelpColumn);
                    line = "";
                }

                line += line.Length == 0 ? word : " " + word;
            }

            text.Append(line).Append('\n');
        }
    }
}
