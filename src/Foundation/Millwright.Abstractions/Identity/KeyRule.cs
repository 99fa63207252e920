using System.Text;
using System.Text.Encodings.Web;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Identity;

/// <summary>
/// Keys of metrics, parameters and tags: letters and digits of any script and <c>_ - . space : /</c>. They may become file names, so a
/// key must equal its own normalised path.
/// </summary>
public static class KeyRule
{
    /// <summary>The problem of a key, or null. Empty keys are the caller's to report.</summary>
    /// <param name="key">The key.</param>
    /// <param name="what">How messages call it, such as <c>metrics[0].name</c>.</param>
    /// <param name="longest">Characters allowed.</param>
    public static Problem? Check(string key, string what, int longest = 250)
    {
        if (!key.EnumerateRunes().All(letter => Rune.IsLetterOrDigit(letter) || letter.Value is '_' or '-' or '.' or ' ' or ':' or '/'))
        {
            return new Problem(
                "key.letters",
                $"Invalid value {Json(key)} for parameter '{what}' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).",
                "Rename it.");
        }

        var normal = Normalise(key);
        if (key.Length > 0 && (normal != key || key[0] is '/' || normal is "." or ".." || normal.StartsWith("../", StringComparison.Ordinal)))
        {
            return new Problem(
                "key.path",
                $"Invalid value {Json(key)} for parameter '{what}' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '{normal}'",
                "Leave out '.', '..', doubled, leading and trailing slashes.");
        }

        return Longest(key, what, longest);
    }

    /// <summary>The problem of a text that is too long, or null.</summary>
    public static Problem? Longest(string text, string what, int longest) => text.Length <= longest
        ? null
        : new Problem("text.long", $"'{what}' exceeds the maximum length of {longest} characters", $"Shorten it by {text.Length - longest} characters.");

    private static string Normalise(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is ".." && parts is [.., not ".."])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        var joined = string.Join('/', parts);
        return path.StartsWith('/') ? "/" + joined : joined.Length > 0 ? joined : ".";
    }

    private static string Json(string text) => $"\"{JavaScriptEncoder.Default.Encode(text).Replace("\\u0022", "\\\"", StringComparison.Ordinal).Replace("\\u0027", "'", StringComparison.Ordinal)}\"";
}
