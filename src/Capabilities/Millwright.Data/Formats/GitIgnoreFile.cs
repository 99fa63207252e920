using System.Text;

namespace Millwright.Data.Formats;

/// <summary>The <c>.gitignore</c> beside a data file: one line <c>/name</c> per tracked file or folder.</summary>
public static class GitIgnoreFile
{
    /// <summary>The line that ignores this name and nothing else.</summary>
    public static string Entry(string name)
    {
        var entry = new StringBuilder("/");
        foreach (var c in name)
        {
            entry.Append(c is '[' or ']' or '!' or '*' or '#' or '?' ? "\\" : "").Append(c);
        }

        return entry.ToString();
    }

    /// <summary>The text with the entry appended, or the same text when it is there already.</summary>
    public static string With(string text, string name)
    {
        var entry = Entry(name);
        if (Lines(text).Contains(entry, StringComparer.Ordinal))
        {
            return text;
        }

        return (text.Length > 0 && text[^1] != '\n' ? text + "\n" : text) + entry + "\n";
    }

    /// <summary>The text without the entry, escaped or not; empty means that the file should go.</summary>
    public static string Without(string text, string name)
    {
        var (entry, bare) = (Entry(name), "/" + name);
        var kept = text.Split('\n').Where(line => line.TrimEnd('\r') is var bareLine && bareLine != entry && bareLine != bare).ToArray();
        return kept.All(line => line.Length == 0) ? "" : string.Join('\n', kept);
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd('\r'));
}
