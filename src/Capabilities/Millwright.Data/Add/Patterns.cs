using System.Text.RegularExpressions;
using Millwright.Data.Formats;
using Millwright.Data.Workspace;

namespace Millwright.Data.Add;

/// <summary>Shell patterns in targets: <c>*</c>, <c>?</c>, <c>[…]</c>, <c>**</c> for any depth.</summary>
internal static class Patterns
{
    internal static IEnumerable<string> Expand(DataRepository repository, string pattern)
    {
        if (pattern.AsSpan().IndexOfAny("*?[") < 0)
        {
            return [pattern];
        }

        var regex = new Regex("^" + GlobRule.Translate(pattern) + "$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        var from = Path.GetDirectoryName(pattern[..pattern.AsSpan().IndexOfAny("*?[")]) ?? "";
        return Walk(repository, repository.Environment.Absolute(from.Length == 0 ? "." : from))
            .Select(repository.Environment.Show)
            .Where(name => regex.IsMatch(name) && !name.EndsWith(DvcFile.Suffix, StringComparison.Ordinal) && !name.StartsWith('.'))
            .Order(CodePoints.Order);
    }

    private static IEnumerable<string> Walk(DataRepository repository, string folder)
    {
        foreach (var entry in Directory.Exists(folder) ? FolderEntries.Of(folder) : [])
        {
            var path = Path.Combine(folder, entry.Name);
            if (!repository.Ignore.IsIgnored(path, entry.Name, entry.IsFolder))
            {
                yield return path;
                foreach (var below in entry.IsFolder ? Walk(repository, path) : [])
                {
                    yield return below;
                }
            }
        }
    }
}
