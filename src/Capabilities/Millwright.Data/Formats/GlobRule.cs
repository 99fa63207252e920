using System.Text;
using System.Text.RegularExpressions;

namespace Millwright.Data.Formats;

/// <summary>One line of an ignore file in Git's syntax.</summary>
/// <param name="Text">The line as written.</param>
/// <param name="IsNegated">Whether it takes an earlier match back (<c>!</c>).</param>
/// <param name="IsFolderOnly">Whether it matches folders only (ends in <c>/</c>).</param>
public sealed record GlobRule(string Text, bool IsNegated, bool IsFolderOnly)
{
    private Regex Pattern { get; init; } = new("$^", RegexOptions.ExplicitCapture);

    /// <summary>Reads a line; null for comments and blank lines.</summary>
    public static GlobRule? Parse(string line)
    {
        var text = line.TrimEnd('\r', '\n');
        text = text.EndsWith("\\ ", StringComparison.Ordinal) ? text : text.TrimEnd(' ');
        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var negated = text[0] == '!';
        var body = negated ? text[1..] : text;
        var folder = body.EndsWith('/');
        body = folder ? body[..^1] : body;
        var anchored = body.Contains('/', StringComparison.Ordinal);
        return body.Length == 0 ? null : new GlobRule(line, negated, folder)
        {
            Pattern = new Regex(
                "^" + (anchored ? "" : "(.*/)?") + Translate(body.TrimStart('/')) + "$",
                RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture),
        };
    }

    /// <summary>Whether it matches this path, relative to the ignore file's folder.</summary>
    public bool Matches(string path, bool isFolder) => (isFolder || !IsFolderOnly) && Pattern.IsMatch(path);

    /// <summary>A shell pattern as a regular expression; <c>**</c> crosses folders, <c>*</c> and <c>?</c> do not.</summary>
    public static string Translate(string glob)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < glob.Length; i++)
        {
            var rest = glob.AsSpan(i);
            if (rest.StartsWith("**/") && (i == 0 || glob[i - 1] == '/'))
            {
                regex.Append("(.*/)?");
                i += 2;
            }
            else if (rest.SequenceEqual("**") && i > 0 && glob[i - 1] == '/')
            {
                regex.Append(".+");
                i++;
            }
            else if (glob[i] == '[' && glob.IndexOf(']', Math.Min(i + 2, glob.Length - 1)) is > 0 and var end)
            {
                var set = glob[(i + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal);
                regex.Append('[').Append(set[0] is '!' or '^' ? "^" + set[1..] : set).Append(']');
                i = end;
            }
            else
            {
                regex.Append(glob[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    '\\' when i + 1 < glob.Length => Regex.Escape(glob[++i].ToString()),
                    var c => Regex.Escape(c.ToString()),
                });
            }
        }

        return regex.ToString();
    }
}
