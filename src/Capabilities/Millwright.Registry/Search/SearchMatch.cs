using System.Text.RegularExpressions;
using Millwright.Abstractions.Search;

namespace Millwright.Registry.Search;

/// <summary>Whether a condition holds for a value.</summary>
internal static class SearchMatch
{
    // A pattern is the user's, so its match is bounded.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    public static bool Holds(SearchCondition condition, string value) => condition.Comparator switch
    {
        SearchComparator.Equal => value == condition.Text,
        SearchComparator.NotEqual => value != condition.Text,
        SearchComparator.Like => IsLike(value, condition.Text!, RegexOptions.None),
        SearchComparator.ILike => IsLike(value, condition.Text!, RegexOptions.IgnoreCase),
        SearchComparator.In => condition.Texts.Contains(value),
        _ => !condition.Texts.Contains(value),
    };

    public static bool Holds(SearchCondition condition, double value) => condition.Comparator switch
    {
        SearchComparator.Equal => value.Equals(condition.Number),
        SearchComparator.NotEqual => !value.Equals(condition.Number),
        SearchComparator.Greater => value > condition.Number,
        SearchComparator.GreaterOrEqual => value >= condition.Number,
        SearchComparator.Less => value < condition.Number,
        _ => value <= condition.Number,
    };

    private static bool IsLike(string value, string pattern, RegexOptions options) => Regex.IsMatch(
        value, $"^{Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.')}\\z",
        options | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, LongestMatch);
}
