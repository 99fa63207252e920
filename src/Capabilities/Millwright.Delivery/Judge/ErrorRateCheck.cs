using Millwright.Statistics.Distributions;
using Millwright.Statistics.Intervals;

namespace Millwright.Delivery.Judge;

/// <summary>Share of requests that ended in a server error.</summary>
internal static class ErrorRateCheck
{
    // A rollout is looked at many times, so that one look must be sure of itself.
    private const double Significance = 0.001;

    public static CanaryCheck Run(CanaryRules rules, CanaryEvidence seen)
    {
        var (requests, errors) = (seen.Candidate.Requests, seen.Candidate.Errors);
        if (requests == 0)
        {
            return new CanaryCheck("error_rate", CanaryOutcome.Inconclusive, "no requests yet", null, rules.MaxErrorRate);
        }

        var limit = Math.Max(rules.MaxErrorRate, Rate(seen.Champion?.Errors ?? 0, seen.Champion?.Requests ?? 0));
        var rate = Rate(errors, requests);
        var (low, high) = ProportionInterval.Wilson(errors, requests);

        // Failing needs more errors than the limit explains by chance; passing needs a share below it.
        var byChance = 1 - Binomial.Cdf(errors - 1, requests, limit);
        var outcome = errors > 0 && byChance < Significance ? CanaryOutcome.Fail : rate <= limit ? CanaryOutcome.Pass : CanaryOutcome.Inconclusive;
        return new CanaryCheck("error_rate", outcome, $"error rate {rate:P1} ({errors} of {requests}) against at most {limit:P1}", rate, limit)
        {
            Low = low, High = high,
        };
    }

    private static double Rate(long errors, long requests) => requests == 0 ? 0 : (double)errors / requests;
}
