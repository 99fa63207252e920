using System.Text;

namespace Millwright.Cli.Data;

/// <summary>Rows without a heading, columns two blanks apart.</summary>
internal static class PlainTable
{
    /// <summary>One line per row; columns whose index is in <paramref name="right"/> are aligned to the right.</summary>
    public static string Render(IEnumerable<string[]> rows, params int[] right)
    {
        var all = rows.ToArray();
        var text = new StringBuilder();
        var widths = all.Length == 0 ? [] : Enumerable.Range(0, all[0].Length).Select(i => all.Max(row => row[i].Length)).ToArray();
        foreach (var row in all)
        {
            var cells = row.Select((cell, i) => right.Contains(i) ? cell.PadLeft(widths[i]) : i == row.Length - 1 ? cell : cell.PadRight(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd(' ')).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Bytes as DVC shows them: <c>352</c>, <c>1.07k</c>, <c>37.1M</c>.</summary>
    public static string Size(long bytes)
    {
        if (bytes < 1024)
        {
            return $"{bytes}";
        }

        var (value, unit) = (bytes / 1024.0, 0);
        for (; value >= 1024 && unit < 5; unit++)
        {
            value /= 1024;
        }

        return $"{(value < 10 ? $"{value:f2}" : value < 100 ? $"{value:f1}" : $"{value:f0}")}{"kMGTPE"[unit]}";
    }
}
