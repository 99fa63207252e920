using System.Text.RegularExpressions;

namespace Millwright.Data.Formats;

/// <summary>Changes the keys of one output in the text of a <c>.dvc</c> file written in block style and leaves every other character.</summary>
internal static partial class DvcFileEditor
{
    /// <summary>The edited text, or null when the text is in a style that cannot be edited line by line.</summary>
    internal static string? Edit(string text, int index, DvcOut wanted)
    {
        var lines = text.Split('\n').ToList();
        if (FindItem(lines, index) is not var (start, end, indent))
        {
            return null;
        }

        foreach (var (key, value) in DvcFileWriter.Keys(wanted))
        {
            var at = Enumerable.Range(start, end - start).FirstOrDefault(i => KeyAt(lines[i], indent, i == start) == key, -1);
            if (value is not { } set)
            {
                if (at < 0)
                {
                    continue;
                }

                if (at == start)
                {
                    return null;
                }

                lines.RemoveAt(at);
                end--;
            }
            else if (at >= 0)
            {
                // A value folded over several lines cannot be replaced in one; paths do not change here.
                var parts = Value().Match(lines[at]);
                var old = parts.Groups["value"].Value;
                if (old != set.Text && old.Trim('\'', '"') != set.Text && key != "path")
                {
                    lines[at] = parts.Groups["lead"].Value + (set.IsString ? YamlScalar.Write(set.Text) : set.Text) + parts.Groups["tail"].Value;
                }
            }
            else
            {
                lines.Insert(end, YamlScalar.After($"{new string(' ', indent)}{key}: ", set.Text, set.IsString));
                end++;
            }
        }

        return string.Join('\n', lines);
    }

    // First line, line after the last, and column of the keys of one list item below 'outs:'.
    private static (int Start, int End, int Indent)? FindItem(List<string> lines, int index)
    {
        var outs = lines.FindIndex(line => Outs().IsMatch(line));
        var starts = new List<int>();
        var (dash, indent, stop) = (-1, -1, lines.Count);
        for (var i = outs + 1; outs >= 0 && i < lines.Count; i++)
        {
            var item = Item().Match(lines[i]);
            if (item.Success && (dash < 0 || item.Groups["dash"].Index == dash))
            {
                (dash, indent) = (item.Groups["dash"].Index, item.Groups["key"].Index);
                starts.Add(i);
            }
            else if (lines[i].Length > 0 && !lines[i].StartsWith(' ') && lines[i][0] is not '#')
            {
                stop = i;
                break;
            }
        }

        if (index >= starts.Count)
        {
            return null;
        }

        var end = index + 1 < starts.Count ? starts[index + 1] : stop;
        while (end > starts[index] + 1 && (string.IsNullOrWhiteSpace(lines[end - 1]) || lines[end - 1].TrimStart().StartsWith('#')))
        {
            end--;
        }

        return (starts[index], end, indent);
    }

    private static string? KeyAt(string line, int indent, bool isFirst)
    {
        var key = line.Length > indent && (isFirst || line.AsSpan(0, indent).IsWhiteSpace()) ? Key().Match(line, indent) : Match.Empty;
        return key.Success ? key.Groups["key"].Value : null;
    }

    [GeneratedRegex(@"^outs:\s*(#.*)?\r?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Outs();

    [GeneratedRegex(@"^ *(?<dash>-) +(?<key>[^\s#])", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    [GeneratedRegex(@"\G(?<key>[A-Za-z_0-9]+):(\s|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Key();

    [GeneratedRegex(@"^(?<lead>[^:]*:\s*)(?<value>.*?)(?<tail>\s+#.*|\s*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
