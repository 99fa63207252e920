using Millwright.Abstractions.Results;
using Millwright.Abstractions.Search;
using Millwright.Tracking.Runs;
using Millwright.Tracking.Search;

namespace Millwright.Tracking.Metrics;

/// <summary>Points of one run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Points">Its points.</param>
public sealed record RunPoints(RunId Run, IReadOnlyList<MetricPoint> Points);

/// <summary>Reads how a metric went.</summary>
public sealed class ReadHistory(IRunStore runs)
{
    private const int MostPerRun = 2500;

    /// <summary>Every point or a page of a metric, by timestamp, step and value. An unknown run or metric has none.</summary>
    /// <param name="run">Run.</param>
    /// <param name="key">Metric.</param>
    /// <param name="limit">Points per page; null = all; 0 or less gives none and the token of the first page.</param>
    /// <param name="token">Of the page before.</param>
    public Result<SearchPage<MetricPoint>> Run(RunId run, string key, int? limit, string? token) => PageToken.Read(token).Map(offset =>
    {
        if (limit is <= 0)
        {
            return new SearchPage<MetricPoint>([], PageToken.Write(offset));
        }

        var most = limit ?? int.MaxValue - 1;
        return SearchPaging.Cut(runs.History(run, key, offset, most + 1), offset, most);
    });

    /// <summary>At most <paramref name="limit"/> points of each run, the newest run first.</summary>
    public IReadOnlyList<RunPoints> Bulk(IReadOnlyCollection<RunId> ids, string key, int limit) =>
        [.. ids.Distinct()
            .Select(id => (Id: id, Info: runs.FindInfo(id)))
            .OrderByDescending(run => run.Info?.StartTime).ThenBy(run => run.Id.Value, StringComparer.Ordinal)
            .Select(run => new RunPoints(run.Id, runs.History(run.Id, key, 0, limit)))];

    /// <summary>
    /// Points at evenly spaced steps, the same for all runs: of the steps that any run has, <paramref name="limit"/> at equal distances and
    /// the last, and each run's first and last.
    /// </summary>
    /// <param name="ids">Runs.</param>
    /// <param name="key">Metric.</param>
    /// <param name="from">First step; given together with <paramref name="to"/>.</param>
    /// <param name="to">Last step.</param>
    /// <param name="limit">1 to 2500.</param>
    public Result<IReadOnlyList<RunPoints>> Sampled(IReadOnlyCollection<RunId> ids, string key, long? from, long? to, int limit)
    {
        if (Check(from, to, limit) is { } problem)
        {
            return problem;
        }

        var perRun = ids.Distinct().Select(id => (Id: id, Steps: runs.Steps(id, key))).ToList();
        long[] all = [.. perRun.SelectMany(run => run.Steps).Distinct().Order()];
        var (first, last) = (from ?? 0, to ?? (all.Length > 0 ? all[^1] : 0));
        var wanted = Sample([.. all.Where(step => step >= first && step <= last)], limit);
        wanted.UnionWith(perRun.Where(run => run.Steps.Count > 0).SelectMany(run => new[] { run.Steps[0], run.Steps[^1] }).Where(step => step >= first && step <= last));
        return Result.Of<IReadOnlyList<RunPoints>>([.. perRun.Select(run => new RunPoints(run.Id, runs.AtSteps(run.Id, key, wanted, 10 * MostPerRun)))]);
    }

    /// <summary>So many steps at equal distances, and the last one.</summary>
    internal static HashSet<long> Sample(IReadOnlyList<long> steps, int limit)
    {
        if (steps.Count <= limit)
        {
            return [.. steps];
        }

        var interval = (double)steps.Count / limit;
        return [.. Enumerable.Range(0, limit).Select(index => steps[(int)(index * interval)]), steps[^1]];
    }

    private static Problem? Check(long? from, long? to, int limit) =>
        limit is < 1 or > MostPerRun ? TrackingProblems.OutOfRange("max_results", limit, $"between 1 and {MostPerRun}")
        : from is null != to is null ? new Problem("history.range", "If either start step or end step are specified, both must be specified.", "Give both or none.")
        : from > to ? new Problem("history.range", $"end_step must be greater than start_step. Found start_step={from} and end_step={to}.", "Swap them.")
        : null;
}
