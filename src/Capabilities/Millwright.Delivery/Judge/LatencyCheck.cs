namespace Millwright.Delivery.Judge;

/// <summary>p99 latency beside the champion's.</summary>
internal static class LatencyCheck
{
    // A 99th percentile of fewer requests is one outlier.
    private const int SmallestSample = 100;

    /// <summary>No check when there is no champion with enough requests to compare with.</summary>
    public static IEnumerable<CanaryCheck> Run(CanaryRules rules, CanaryEvidence seen)
    {
        var needed = Math.Max(1, Math.Min(SmallestSample, rules.MinimumRequests));
        if (seen.Champion is not { } champion || champion.Requests < needed || double.IsNaN(champion.LatencyP99))
        {
            yield break;
        }

        var own = seen.Candidate.LatencyP99;
        if (seen.Candidate.Requests < needed || double.IsNaN(own))
        {
            yield return new CanaryCheck("latency_p99", CanaryOutcome.Inconclusive, $"too few requests for a p99 latency ({seen.Candidate.Requests} of {needed})", null, rules.MaxLatencyRatio);
            yield break;
        }

        var ratio = own / Math.Max(champion.LatencyP99, 1e-6);
        yield return new CanaryCheck(
            "latency_p99",
            ratio > rules.MaxLatencyRatio && own > rules.LatencyFloor ? CanaryOutcome.Fail : CanaryOutcome.Pass,
            $"p99 latency {own:0.##} ms is {ratio:0.##} times the champion's {champion.LatencyP99:0.##} ms (at most {rules.MaxLatencyRatio:0.##} times, or {rules.LatencyFloor:0.##} ms)",
            ratio,
            rules.MaxLatencyRatio);
    }
}
