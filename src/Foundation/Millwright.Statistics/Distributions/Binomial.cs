using MathNet.Numerics;

namespace Millwright.Statistics.Distributions;

/// <summary>The binomial distribution.</summary>
public static class Binomial
{
    /// <summary>P(X ≤ successes) of <paramref name="trials"/> independent trials.</summary>
    public static double Cdf(long successes, long trials, double probability) =>
        successes < 0 ? 0 : successes >= trials ? 1 : SpecialFunctions.BetaRegularized(trials - successes, successes + 1, 1 - probability);

    /// <summary>The two-sided p-value of a fair coin: twice the smaller tail, at most 1.</summary>
    public static double FairTwoSided(long first, long second) =>
        Math.Min(1, 2 * Cdf(Math.Min(first, second), first + second, 0.5));
}
