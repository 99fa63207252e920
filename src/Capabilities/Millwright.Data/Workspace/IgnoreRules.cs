using Millwright.Data.Formats;

namespace Millwright.Data.Workspace;

/// <summary>What data commands never look at: <c>.dvc</c>, <c>.git</c>, <c>.hg</c>, <c>.millwright</c> and the patterns of every <c>.dvcignore</c> from the root down.</summary>
public sealed class IgnoreRules
{
    /// <summary>The name of the files with patterns.</summary>
    public const string FileName = ".dvcignore";

    private readonly string _root;
    private readonly Dictionary<string, IReadOnlyList<GlobRule>> _rules = new(StringComparer.Ordinal);
    private readonly Lock _guard = new();

    /// <summary>Rules for a repository.</summary>
    public IgnoreRules(string root) => _root = root;

    /// <summary>Whether a name is internal: ignored wherever it stands.</summary>
    public static bool IsInternal(ReadOnlySpan<char> name) => name is ".dvc" or ".git" or ".hg" or ".millwright";

    /// <summary>The pattern that ignores this path, or null. The folders above it count too.</summary>
    public string? WhyIgnored(string path, bool isFolder)
    {
        var relative = Path.GetRelativePath(_root, path);
        var parts = relative.Split(Path.DirectorySeparatorChar);
        for (var depth = 0; depth < parts.Length; depth++)
        {
            if (IsInternal(parts[depth]))
            {
                return $":{parts[depth]}/";
            }

            var here = Path.Combine([_root, .. parts.Take(depth + 1)]);
            if (Match(here, isFolder || depth < parts.Length - 1) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>Whether this one entry of a folder is ignored, when the folder itself is not.</summary>
    public bool IsIgnored(string path, ReadOnlySpan<char> name, bool isFolder) => IsInternal(name) || Match(path, isFolder) is not null;

    private string? Match(string path, bool isFolder)
    {
        string? why = null;
        for (var folder = Path.GetDirectoryName(path); folder is not null && folder.Length >= _root.Length; folder = Path.GetDirectoryName(folder))
        {
            var verdict = RulesOf(folder).LastOrDefault(rule => rule.Matches(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), isFolder));
            if (verdict is not null)
            {
                // The nearest file decides.
                why = verdict.IsNegated ? null : $"{Path.GetRelativePath(_root, Path.Combine(folder, FileName))}:{verdict.Text}";
                break;
            }
        }

        return why;
    }

    private IReadOnlyList<GlobRule> RulesOf(string folder)
    {
        lock (_guard)
        {
            if (!_rules.TryGetValue(folder, out var rules))
            {
                var file = Path.Combine(folder, FileName);
                rules = File.Exists(file) ? [.. File.ReadLines(file).Select(GlobRule.Parse).OfType<GlobRule>()] : [];
                _rules[folder] = rules;
            }

            return rules;
        }
    }
}
