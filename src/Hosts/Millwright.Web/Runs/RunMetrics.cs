using Millwright.Contracts.Pipelines;
using Millwright.Web.Charts;

namespace Millwright.Web.Runs;

/// <summary>What the steps of a run reported, as series over iterations.</summary>
internal static class RunMetrics
{
    /// <summary>A chart of all metrics with more than one value, or null when there are none.</summary>
    public static (IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series) Of(IReadOnlyList<RunEventDto> events)
    {
        var metrics = events.Where(happened => happened is { Kind: "stepMetric", Text: not null })
            .GroupBy(happened => happened.Text!, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).ToList();
        var iterations = metrics.SelectMany(group => group).Select(point => point.Iteration ?? 0).Distinct().Order().ToList();
        return (
            [.. iterations.Select(iteration => iteration.ToString())],
            [.. metrics.Select(group => new ChartSeries(group.Key, Values(group, iterations)))]);
    }

    private static IReadOnlyList<double?> Values(IEnumerable<RunEventDto> points, List<long> iterations)
    {
        var last = points.GroupBy(point => point.Iteration ?? 0).ToDictionary(group => group.Key, group => group.Last().Value);
        return [.. iterations.Select(iteration => last.GetValueOrDefault(iteration))];
    }
}
