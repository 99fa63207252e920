using System.Text;

namespace Millwright.Data.Formats;

/// <summary>JSON text as Python's <c>json.dumps</c> writes it by default: ASCII only, a blank after colons and commas.</summary>
public static class PythonJson
{
    /// <summary>Appends a string with its quotes.</summary>
    public static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or > '~' => text.Append($"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    /// <summary>
    /// A whole value: null, bool, number, string, a list of values, or a list of pairs for an object (in the order given).
    /// </summary>
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string s:
                AppendString(text, s);
                break;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                AppendAll(text, '{', '}', pairs, pair =>
                {
                    AppendString(text, pair.Key);
                    text.Append(": ");
                    Append(text, pair.Value);
                });
                break;
            case System.Collections.IEnumerable items:
                AppendAll(text, '[', ']', items.Cast<object?>(), item => Append(text, item));
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ", ");
            first = false;
            append(item);
        }

        text.Append(close);
    }
}
