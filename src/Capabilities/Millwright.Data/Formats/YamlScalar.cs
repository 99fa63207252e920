using System.Text;
using System.Text.RegularExpressions;

namespace Millwright.Data.Formats;

/// <summary>
/// A string as a YAML 1.2 scalar, written as DVC's emitter writes it: plain when a reader takes it for a string, else in single quotes,
/// in double quotes when it holds line breaks or control characters; folded at a blank past column 80.
/// </summary>
public static partial class YamlScalar
{
    private const int BestWidth = 80;

    /// <summary>Writes a value that follows <paramref name="lead"/> (indentation and key); a folded line starts two columns further in.</summary>
    /// <param name="lead">What stands before it on its line.</param>
    /// <param name="value">The value.</param>
    /// <param name="isString">False for numbers and booleans, which are never quoted.</param>
    public static string After(string lead, string value, bool isString = true)
    {
        if (!isString)
        {
            return lead + value;
        }

        var (text, folds) = Quote(value);
        return folds ? lead + Fold(text, lead.Length, lead.Length - lead.TrimStart(' ', '-').Length + 2) : lead + text;
    }

    /// <summary>The scalar on one line.</summary>
    public static string Write(string value) => Quote(value).Text;

    /// <summary>Whether a YAML 1.2 reader takes this plain text for something else than a string.</summary>
    public static bool ResolvesToOther(string text) =>
        text is "" or "~" or "null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE" or "<<" or "="
        || NumberOrDate().IsMatch(text);

    private static (string Text, bool Folds) Quote(string value)
    {
        if (value.Any(c => c is not '\u0085' && (char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff')))
        {
            return (DoubleQuoted(value), false);
        }

        return IsPlain(value) ? (value, true) : ("'" + value.Replace("'", "''", StringComparison.Ordinal) + "'", true);
    }

    private static bool IsPlain(string value)
    {
        if (ResolvesToOther(value) || value[0] == ' ' || value[^1] == ' ' || value.StartsWith("---", StringComparison.Ordinal)
            || value.StartsWith("...", StringComparison.Ordinal) || "#,[]{}&*!|>'\"%@`".Contains(value[0], StringComparison.Ordinal))
        {
            return false;
        }

        var second = value.Length == 1 ? ' ' : value[1];
        return !("?:-".Contains(value[0], StringComparison.Ordinal) && second == ' ')
            && !value.Contains(": ", StringComparison.Ordinal) && value[^1] != ':' && !value.Contains(" #", StringComparison.Ordinal);
    }

    private static string Fold(string text, int column, int indent)
    {
        var folded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var single = text[i] == ' ' && i > 1 && i < text.Length - 2 && text[i - 1] != ' ' && text[i + 1] != ' ';
            if (single && column > BestWidth)
            {
                folded.Append('\n').Append(' ', indent);
                column = indent;
            }
            else
            {
                folded.Append(text[i]);
                column += char.IsLowSurrogate(text[i]) ? 0 : 1;
            }
        }

        return folded.ToString();
    }

    private static string DoubleQuoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\0' => quoted.Append("\\0"),
                '\a' => quoted.Append("\\a"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\v' => quoted.Append("\\v"),
                '\u001b' => quoted.Append("\\e"),
                '\u2028' => quoted.Append("\\L"),
                '\u2029' => quoted.Append("\\P"),
                '\ufeff' => quoted.Append("\\uFEFF"),
                _ when char.IsControl(c) => quoted.Append($"\\x{(int)c:X2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    // The implicit resolvers of YAML 1.2 as DVC's library has them: integers, floats, dates.
    [GeneratedRegex(
        @"^(?:[-+]?0b[0-1_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+"
        + @"|[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?(?:[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?"
        + @"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
        + @"|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberOrDate();
}
