using Millwright.Statistics.Distributions;

namespace Millwright.Delivery.Judge;

/// <summary>Share of requests that ended in a server error.</summary>
internal static class ErrorRateCheck
{
    public static CanaryCheck Run(CanaryRules rules, CanaryEvidence seen)
    {
        var (requests, errors) = (seen.Candidate.Requests, seen.Candidate.Errors);
        if (requests == 0)
        {
            return new CanaryCheck("error_rate", CanaryOutcome.Inconclusive, "no requests yet", null, rules.MaxErrorRate);
        }

        var limit = Math.Max(rules.MaxErrorRate, Rate(seen.Champion?.Errors ?? 0, seen.Champion?.Requests ?? 0));
        var rate = Rate(errors, requests);
        var (low, high) = Wilson(errors, requests);

        // Failing needs the whole interval above the limit; passing needs the estimate below it.
        var outcome = low > limit ? CanaryOutcome.Fail : rate <= limit ? CanaryOutcome.Pass : CanaryOutcome.Inconclusive;
        return new CanaryCheck("error_rate", outcome, $"error rate {rate:P1} ({errors} of {requests}) against at most {limit:P1}", rate, limit)
        {
            Low = low, High = high,
        };
    }

    private static double Rate(long errors, long requests) => requests == 0 ? 0 : (double)errors / requests;

    // E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927: 95% interval of a share.
    private static (double Low, double High) Wilson(long successes, long trials)
    {
        var z = Normal.Critical(0.05);
        var (share, spread) = ((double)successes / trials, z * z / trials);
        var centre = (share + spread / 2) / (1 + spread);
        var half = z / (1 + spread) * Math.Sqrt(share * (1 - share) / trials + spread / 4 / trials);
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
