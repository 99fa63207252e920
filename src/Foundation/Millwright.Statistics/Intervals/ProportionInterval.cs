using MathNet.Numerics.Distributions;
using Normal = Millwright.Statistics.Distributions.Normal;

namespace Millwright.Statistics.Intervals;

/// <summary>Confidence intervals of a proportion, level 1 − alpha.</summary>
public static class ProportionInterval
{
    /// <summary>Wilson's score interval: sound for small samples and shares near 0 or 1. Without observations it is 0 to 1.</summary>
    public static Interval Wilson(double successes, double observations, double alpha = 0.05)
    {
        if (observations <= 0)
        {
            return new Interval(0, 1);
        }

        var z = Normal.Critical(alpha);
        var share = successes / observations;
        var scale = 1 + z * z / observations;
        var centre = (share + z * z / (2 * observations)) / scale;
        var half = z / scale * Math.Sqrt(share * (1 - share) / observations + z * z / (4 * observations * observations));
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>The normal (Wald) interval, cut to 0 and 1.</summary>
    public static Interval Wald(double successes, double observations, double alpha = 0.05)
    {
        var share = successes / observations;
        var half = Normal.Critical(alpha) * Math.Sqrt(share * (1 - share) / observations);
        return new Interval(Math.Max(0, share - half), Math.Min(1, share + half));
    }

    /// <summary>Agresti and Coull's interval: Wald after adding z² observations, half of them successes; cut to 0 and 1.</summary>
    public static Interval AgrestiCoull(double successes, double observations, double alpha = 0.05)
    {
        var z2 = Math.Pow(Normal.Critical(alpha), 2);
        var share = (successes + z2 / 2) / (observations + z2);
        var half = Math.Sqrt(z2 * share * (1 - share) / (observations + z2));
        return new Interval(Math.Max(0, share - half), Math.Min(1, share + half));
    }

    /// <summary>Clopper and Pearson's interval, which inverts the binomial test: never too short.</summary>
    public static Interval ClopperPearson(double successes, double observations, double alpha = 0.05) => new(
        successes == 0 ? 0 : Beta.InvCDF(successes, observations - successes + 1, alpha / 2),
        successes == observations ? 1 : Beta.InvCDF(successes + 1, observations - successes, 1 - alpha / 2));

    /// <summary>Jeffreys' interval: the quantiles of the posterior under the prior Beta(½, ½).</summary>
    public static Interval Jeffreys(double successes, double observations, double alpha = 0.05) => new(
        Beta.InvCDF(successes + 0.5, observations - successes + 0.5, alpha / 2),
        Beta.InvCDF(successes + 0.5, observations - successes + 0.5, 1 - alpha / 2));

    /// <summary>The normal (Wald) interval of a difference of two proportions (second − first).</summary>
    public static Interval WaldDifference(double firstSuccesses, double firstObservations, double secondSuccesses, double secondObservations, double alpha = 0.05)
    {
        var (p1, p2) = (firstSuccesses / firstObservations, secondSuccesses / secondObservations);
        var half = Normal.Critical(alpha) * Math.Sqrt(p1 * (1 - p1) / firstObservations + p2 * (1 - p2) / secondObservations);
        return new Interval(p2 - p1 - half, p2 - p1 + half);
    }

    /// <summary>Agresti and Caffo's interval (2000): Wald after adding one success and one failure to each side.</summary>
    public static Interval AgrestiCaffo(double firstSuccesses, double firstObservations, double secondSuccesses, double secondObservations, double alpha = 0.05) =>
        WaldDifference(firstSuccesses + 1, firstObservations + 2, secondSuccesses + 1, secondObservations + 2, alpha);

    /// <summary>Newcombe's interval of a difference of two proportions (second − first), from their Wilson intervals (1998, method 10).</summary>
    public static Interval Newcombe(double firstSuccesses, double firstObservations, double secondSuccesses, double secondObservations, double alpha = 0.05)
    {
        var (p1, p2) = (firstSuccesses / firstObservations, secondSuccesses / secondObservations);
        var first = Wilson(firstSuccesses, firstObservations, alpha);
        var second = Wilson(secondSuccesses, secondObservations, alpha);
        var difference = p2 - p1;
        return new Interval(
            difference - Math.Sqrt(Math.Pow(p2 - second.Low, 2) + Math.Pow(first.High - p1, 2)),
            difference + Math.Sqrt(Math.Pow(second.High - p2, 2) + Math.Pow(p1 - first.Low, 2)));
    }
}
