using System.Globalization;
using System.Text;

namespace Millwright.Cli.Screens;

/// <summary>Aligned columns: text to the left, numbers to the right.</summary>
internal static class TextTable
{
    public static string Render(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows, Func<string, string> bold)
    {
        var all = rows.ToList();
        var widths = heading.Select((head, column) => all.Select(row => Length(row[column])).Append(head.Length).Max()).ToArray();
        var right = heading.Select((_, column) => all.Count > 0 && all.All(row => IsNumber(row[column]))).ToArray();
        var text = new StringBuilder();
        Append(text, [.. heading.Select(bold)], widths, right);
        foreach (var row in all)
        {
            Append(text, row, widths, right);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> row, int[] widths, bool[] right)
    {
        var line = new StringBuilder();
        for (var column = 0; column < row.Count; column++)
        {
            var padding = new string(' ', widths[column] - Length(row[column]));
            line.Append(right[column] ? padding + row[column] : row[column] + padding).Append("  ");
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    // Escape sequences take no room on the screen.
    private static int Length(string cell)
    {
        var (length, escape) = (0, false);
        foreach (var letter in cell)
        {
            escape = escape ? letter is not 'm' : letter is '\u001b';
            length += escape || letter is 'm' && length < 0 ? 0 : 1;
        }

        return length - cell.Count(letter => letter is '\u001b');
    }

    private static bool IsNumber(string cell) =>
        cell is "" or "-" || double.TryParse(cell.TrimEnd('%', 's'), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);
}
