using Millwright.Abstractions.Results;
using Millwright.Abstractions.Search;

namespace Millwright.Tracking.Search;

/// <summary>A page of what a search found.</summary>
/// <typeparam name="T">What was searched.</typeparam>
/// <param name="Items">In the asked order.</param>
/// <param name="Next">Token of the next page, or null at the end.</param>
public sealed record SearchPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Paging as every search does it.</summary>
internal static class SearchPaging
{
    private const int Most = 50_000;

    public static Problem? CheckLimit(int limit) =>
        limit is >= 1 and <= Most ? null : TrackingProblems.OutOfRange("max_results", limit, limit < 1 ? "a positive integer" : $"at most {Most}");

    // The store was asked for one row more than fits.
    public static SearchPage<T> Cut<T>(IReadOnlyList<T> found, int offset, int limit) => found.Count > limit
        ? new SearchPage<T>([.. found.Take(limit)], PageToken.Write((long)offset + limit))
        : new SearchPage<T>(found, null);
}
