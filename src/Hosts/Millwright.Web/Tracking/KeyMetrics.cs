using Millwright.Contracts.Tracking;

namespace Millwright.Web.Tracking;

/// <summary>The metrics by which runs are told apart: first those whose name says which way is better, with those of training behind, then those that most runs have.</summary>
internal static class KeyMetrics
{
    /// <summary>Names of at most <paramref name="most"/> metrics of some runs.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<TrackedRunDto> runs, int most) =>
    [
        .. runs.SelectMany(run => run.Metrics.Keys.Index()).GroupBy(key => key.Item, StringComparer.Ordinal)
            .OrderByDescending(group => MetricDirection.IsLowerBetter(group.Key) is not null && MetricDirection.IsMerit(group.Key))
            .ThenByDescending(group => MetricDirection.IsLowerBetter(group.Key) is not null)
            .ThenByDescending(group => group.Count())
            .ThenBy(group => group.Min(key => key.Index))
            .Select(group => group.Key)
            .Take(most),
    ];
}
