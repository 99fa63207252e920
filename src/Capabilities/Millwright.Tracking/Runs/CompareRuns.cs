using System.Collections.Immutable;
using Millwright.Abstractions.Results;

namespace Millwright.Tracking.Runs;

/// <summary>One line of a comparison.</summary>
/// <param name="Kind"><c>metric</c>, <c>parameter</c> or <c>tag</c>.</param>
/// <param name="Key">Key.</param>
/// <param name="Values">A value per run, null where the run lacks it. Numbers are round-trippable.</param>
/// <param name="Differs">Whether the runs do not all have the same.</param>
public sealed record ComparedKey(string Kind, string Key, ImmutableArray<string?> Values, bool Differs);

/// <summary>Runs side by side.</summary>
/// <param name="Runs">In the asked order.</param>
/// <param name="Keys">Metrics, then parameters, then tags, each by key.</param>
public sealed record RunComparison(IReadOnlyList<RunInfo> Runs, IReadOnlyList<ComparedKey> Keys);

/// <summary>Puts runs side by side.</summary>
public sealed class CompareRuns(IRunStore runs)
{
    /// <summary>A comparison of 2 to 200 runs; an unknown one is a problem.</summary>
    public Result<RunComparison> Run(IReadOnlyList<RunId> ids)
    {
        if (ids.Count is < 2 or > 200)
        {
            return TrackingProblems.OutOfRange("runs", ids.Count, "between 2 and 200 runs");
        }

        var found = new List<Run>(ids.Count);
        foreach (var id in ids)
        {
            if (runs.Find(id) is not { } run)
            {
                return TrackingProblems.UnknownRun(id);
            }

            found.Add(run);
        }

        return new RunComparison(
            [.. found.Select(run => run.Info)],
            [
                .. Rows("metric", found, run => run.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value.ToString("R"), StringComparer.Ordinal)),
                .. Rows("parameter", found, run => run.Parameters),
                .. Rows("tag", found, run => run.Tags),
            ]);
    }

    private static IEnumerable<ComparedKey> Rows(string kind, List<Run> found, Func<Run, IReadOnlyDictionary<string, string>> part)
    {
        var parts = found.ConvertAll(run => part(run));
        foreach (var key in parts.SelectMany(values => values.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            ImmutableArray<string?> values = [.. parts.Select(run => run.GetValueOrDefault(key))];
            yield return new ComparedKey(kind, key, values, values.Distinct(StringComparer.Ordinal).Count() > 1);
        }
    }
}
