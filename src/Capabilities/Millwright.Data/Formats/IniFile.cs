using System.Collections.Immutable;
using Millwright.Abstractions.Results;

namespace Millwright.Data.Formats;

/// <summary>
/// A DVC config file: sections and <c>key = value</c> lines in configobj's style. Edits keep comments and the order of everything else.
/// </summary>
public sealed class IniFile
{
    private readonly List<Line> _lines;

    private IniFile(List<Line> lines) => _lines = lines;

    /// <summary>An empty file.</summary>
    public static IniFile Empty() => new([]);

    /// <summary>Names of the sections, in order, once each.</summary>
    public ImmutableArray<string> Sections => [.. _lines.Where(l => l.Kind is LineKind.Section).Select(l => l.Section).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads the text; a line that is neither section, key nor comment is a problem.</summary>
    public static Result<IniFile> Parse(string text)
    {
        var lines = new List<Line>();
        var section = "";
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r').Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                lines.Add(new Line(LineKind.Other, section, "", raw));
            }
            else if (line[0] == '[' && line[^1] == ']')
            {
                section = Unquote(line[1..^1].Trim());
                lines.Add(new Line(LineKind.Section, section, "", raw));
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && section.Length > 0)
            {
                lines.Add(new Line(LineKind.Key, section, Unquote(line[..equals].Trim()), Unquote(line[(equals + 1)..].Trim())) { Raw = raw });
            }
            else
            {
                return new Problem(
                    "data.config-invalid",
                    $"configuration error - config file error: Invalid line ('{line}') (matched as neither section nor keyword) at line {number}.: Invalid line ('{line}') (matched as neither section nor keyword) at line {number}.",
                    "");
            }
        }

        // The part after the last line break is a line only when there is something in it.
        if (lines is [.., { Kind: LineKind.Other, Value.Length: 0 }])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return new IniFile(lines);
    }

    /// <summary>Keys and values of a section, in order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs(string section) =>
        _lines.Where(l => l.Kind is LineKind.Key && l.Section == section).Select(l => KeyValuePair.Create(l.Key, l.Value));

    /// <summary>A value, or null.</summary>
    public string? Get(string section, string key) =>
        _lines.FindLast(l => l.Kind is LineKind.Key && l.Section == section && l.Key == key)?.Value;

    /// <summary>Sets a value; a new key goes to the end of its section, a new section to the end of the file.</summary>
    public void Set(string section, string key, string value)
    {
        var line = new Line(LineKind.Key, section, key, value);
        var at = _lines.FindIndex(l => l.Kind is LineKind.Key && l.Section == section && l.Key == key);
        if (at >= 0)
        {
            _lines[at] = line;
            return;
        }

        var last = _lines.FindLastIndex(l => l.Section == section && l.Kind is not LineKind.Other);
        if (last < 0)
        {
            _lines.Add(new Line(LineKind.Section, section, "", $"[{QuoteName(section)}]"));
            last = _lines.Count - 1;
        }

        _lines.Insert(last + 1, line);
    }

    /// <summary>Removes a key, and its section when nothing is left in it; false when there was none.</summary>
    public bool Remove(string section, string key)
    {
        var removed = _lines.RemoveAll(l => l.Kind is LineKind.Key && l.Section == section && l.Key == key) > 0;
        if (removed && !Pairs(section).Any())
        {
            RemoveSection(section);
        }

        return removed;
    }

    /// <summary>Removes a section with its keys; false when there was none.</summary>
    public bool RemoveSection(string section) => _lines.RemoveAll(l => l.Section == section && l.Kind is not LineKind.Other) > 0;

    /// <summary>Gives a section another name.</summary>
    public void RenameSection(string from, string to)
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Section == from)
            {
                var line = _lines[i];
                _lines[i] = line with { Section = to, Value = line.Kind is LineKind.Section ? $"[{QuoteName(to)}]" : line.Value };
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Concat(_lines.Select(l => (l.Kind is LineKind.Key ? l.Raw ?? $"    {l.Key} = {QuoteValue(l.Value)}" : l.Value) + "\n"));

    private static string QuoteName(string section) => section.Contains('"', StringComparison.Ordinal) ? $"'{section}'" : section;

    private static string QuoteValue(string value) =>
        value.Length == 0 || value.Contains('#', StringComparison.Ordinal) || value.Contains(',', StringComparison.Ordinal) && value.StartsWith(' ')
            ? $"\"{value}\""
            : value;

    private static string Unquote(string text) =>
        text.Length > 1 && text[0] is '\'' or '"' && text[^1] == text[0] ? text[1..^1] : text;

    private enum LineKind
    {
        Other,
        Section,
        Key,
    }

    private sealed record Line(LineKind Kind, string Section, string Key, string Value)
    {
        internal string? Raw { get; init; }
    }
}
