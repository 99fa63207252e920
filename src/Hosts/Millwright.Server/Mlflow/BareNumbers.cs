using System.Text;

namespace Millwright.Server.Mlflow;

/// <summary>Puts quotes around NaN, Infinity and -Infinity outside of texts, as which Python writes them and JSON does not know them.</summary>
internal static class BareNumbers
{
    private static readonly string[] Names = ["-Infinity", "Infinity", "NaN"];

    public static string Quote(string json)
    {
        var quoted = new StringBuilder(json.Length + 16);
        var inText = false;
        for (var at = 0; at < json.Length; at++)
        {
            if (!inText && Array.Find(Names, name => string.CompareOrdinal(json, at, name, 0, name.Length) == 0) is { } found)
            {
                quoted.Append('"').Append(found).Append('"');
                at += found.Length - 1;
                continue;
            }

            quoted.Append(json[at]);
            if (inText && json[at] is '\\' && at + 1 < json.Length)
            {
                quoted.Append(json[++at]);
            }
            else if (json[at] is '"')
            {
                inText = !inText;
            }
        }

        return quoted.ToString();
    }
}
