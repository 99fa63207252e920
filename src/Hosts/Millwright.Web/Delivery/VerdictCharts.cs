using Millwright.Contracts.Delivery;
using Millwright.Web.Charts;

namespace Millwright.Web.Delivery;

/// <summary>What the judge measured over a rollout, a chart per check.</summary>
internal static class VerdictCharts
{
    public static IReadOnlyList<CheckChart> Of(IReadOnlyList<CanaryVerdictDto> verdicts) =>
    [
        .. from name in verdicts.SelectMany(verdict => verdict.Checks).Select(check => check.Name).Distinct()
           let measured = verdicts
               .Select(verdict => (verdict.At, Check: verdict.Checks.FirstOrDefault(check => check.Name == name)))
               .Where(point => point.Check?.Value is not null).ToList()
           where measured.Count > 1
           select new CheckChart(
               name,
               Unit(name),
               [.. measured.Select(point => point.At.UtcDateTime.ToString("HH:mm:ss"))],
               Series(measured.ConvertAll(point => point.Check!))),
    ];

    // What the judge's checks measure; the two that it compares with the champion are relative to it.
    private static string Unit(string check) => check switch
    {
        "bake_time" => "seconds at this step",
        "sample" => "requests at this step",
        "error_rate" => "share of requests that failed",
        "latency_p99" => "p99 latency ÷ the champion's",
        "roc_auc" => "ROC AUC − the champion's",
        "score_shift" => "Kolmogorov-Smirnov D to the champion's scores",
        _ => DeploymentTone.Words(check),
    };

    private static IReadOnlyList<ChartSeries> Series(List<CanaryCheckDto> checks)
    {
        List<ChartSeries> series = [new("measured", [.. checks.Select(check => check.Value)], checks.LastOrDefault(check => check.Limit is not null)?.Limit)];
        if (checks.Exists(check => check.Low is not null || check.High is not null))
        {
            series.Add(new("95 % interval from", [.. checks.Select(check => check.Low)]) { IsBound = true });
            series.Add(new("95 % interval to", [.. checks.Select(check => check.High)]) { IsBound = true });
        }

        return series;
    }

    /// <summary>A chart of one check.</summary>
    internal sealed record CheckChart(string Name, string Unit, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series);
}
