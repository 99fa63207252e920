using MathNet.Numerics;
using Millwright.Statistics.Distributions;

namespace Millwright.Statistics.TwoSample;

/// <summary>How a Kolmogorov-Smirnov p-value is computed.</summary>
public enum KolmogorovSmirnovMethod
{
    /// <summary>Exact up to 10,000 values in the larger sample, else asymptotic.</summary>
    Auto,

    /// <summary>Exact; a one-sided test whose number of paths does not fit a double falls back to asymptotic.</summary>
    Exact,

    /// <summary>The one-sample distribution with the effective sample size (two-sided), Hodges' approximation (one-sided).</summary>
    Asymptotic,
}

/// <summary>Outcome of the two-sample test.</summary>
/// <param name="Statistic">Largest distance of the two empirical distribution functions, 0 to 1.</param>
/// <param name="PValue">0 to 1.</param>
/// <param name="Location">The value at which the distance is largest.</param>
/// <param name="Sign">+1 when the first sample's function is above the second's there, else −1.</param>
public readonly record struct KolmogorovSmirnovResult(double Statistic, double PValue, double Location, int Sign);

/// <summary>The two-sample Kolmogorov-Smirnov test: do two samples of numbers come from one distribution?</summary>
public static class KolmogorovSmirnov
{
    private const int LargestExact = 10_000;

    /// <summary>Compares two samples. Missing values (NaN) must be dropped before: they have no place in an order.</summary>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN.</exception>
    public static KolmogorovSmirnovResult Test(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        Alternative alternative = Alternative.TwoSided,
        KolmogorovSmirnovMethod method = KolmogorovSmirnovMethod.Auto)
    {
        var x = Samples.Sorted(first, nameof(first));
        var y = Samples.Sorted(second, nameof(second));
        var (above, below) = Distances(x, y);
        var isBelow = alternative == Alternative.Less || (alternative == Alternative.TwoSided && below.Distance > above.Distance);
        var (distance, location) = isBelow ? below : above;
        var exact = method switch
        {
            KolmogorovSmirnovMethod.Auto => Math.Max(x.Length, y.Length) <= LargestExact,
            KolmogorovSmirnovMethod.Exact => true,
            _ => false,
        };
        var p = exact ? Exact(x.Length, y.Length, ref distance, alternative) : Asymptotic(x.Length, y.Length, distance, alternative);
        return new KolmogorovSmirnovResult(distance, Math.Clamp(p, 0, 1), location, isBelow ? -1 : 1);
    }

    private static ((double Distance, double Location) Above, (double Distance, double Location) Below) Distances(double[] x, double[] y)
    {
        var above = (Distance: double.NegativeInfinity, Location: 0.0);
        var below = (Distance: double.NegativeInfinity, Location: 0.0);
        // Every value is visited in the order x then y, so that of equal distances the first one in x is the location.
        foreach (var sample in (ReadOnlySpan<double[]>)[x, y])
        {
            int i = 0, j = 0;
            foreach (var value in sample)
            {
                while (i < x.Length && x[i] <= value)
                {
                    i++;
                }

                while (j < y.Length && y[j] <= value)
                {
                    j++;
                }

                var difference = (double)i / x.Length - (double)j / y.Length;
                if (difference > above.Distance)
                {
                    above = (difference, value);
                }

                if (-difference > below.Distance)
                {
                    below = (-difference, value);
                }
            }
        }

        return (above with { Distance = Math.Max(0, above.Distance) }, below with { Distance = Math.Max(0, below.Distance) });
    }

    private static double Exact(int n1, int n2, ref double distance, Alternative alternative)
    {
        var divisor = (int)Euclid.GreatestCommonDivisor(n1, n2);
        var grid = (long)(n1 / divisor) * n2;
        var steps = (long)Math.Round(distance * grid);
        var approximate = distance;
        distance = (double)steps / grid;
        if (steps == 0)
        {
            return 1;
        }

        var twoSided = alternative == Alternative.TwoSided;
        if (n1 == n2)
        {
            return twoSided ? EqualSizes(n1, steps) : EqualSizesOneSided(n1, steps);
        }

        return !twoSided && SpecialFunctions.BinomialLn(n1 + n2, n1) > Math.Log(double.MaxValue)
            ? Asymptotic(n1, n2, approximate, alternative)
            : PathsOutside(Math.Max(n1, n2), Math.Min(n1, n2), divisor, steps, twoSided);
    }

    // Probability that a random lattice path from (0, 0) to (m, n) touches |n i - m j| / g >= steps (one side of it when not two-sided).
    // It is built up as a probability, not as a count: paths(i, j) are a mixture of those through (i-1, j) and (i, j-1).
    private static double PathsOutside(int m, int n, int divisor, long steps, bool twoSided)
    {
        long mg = m / divisor, ng = n / divisor;
        var column = new double[n + 1];
        Array.Fill(column, 1);
        var from = 0;
        var to = (int)Math.Min(n, (steps - 1) / mg);
        column.AsSpan(0, to + 1).Clear();
        for (var i = 1; i <= m; i++)
        {
            var centre = ng * i;
            var low = !twoSided || centre < steps ? 0 : (int)Math.Min(n, (centre - steps) / mg + 1);
            to = (int)Math.Min(n, (centre + steps - 1) / mg);
            if (low > to)
            {
                return 1;
            }

            column.AsSpan(from, low - from).Fill(1);
            from = low;
            var left = low == 0 ? 0 : 1.0;
            for (var j = low; j <= to; j++)
            {
                left = (column[j] * i + left * j) / (i + j);
                column[j] = left;
            }
        }

        return column[n];
    }

    // Reflection principle for equal sizes: an alternating sum of ratios of binomial coefficients, folded from the smallest term.
    private static double EqualSizes(int n, long steps)
    {
        var probability = 0.0;
        for (var k = n / steps; k >= 0; k--)
        {
            var ratio = 1.0;
            for (var j = 0; j < steps; j++)
            {
                ratio *= (n - k * steps - j) / (double)(n + k * steps + j + 1);
            }

            probability = ratio * (1 - probability);
        }

        return 2 * probability;
    }

    private static double EqualSizesOneSided(int n, long steps)
    {
        var probability = 1.0;
        for (var j = 0; j < steps; j++)
        {
            probability *= (n - j) / (n + j + 1.0);
        }

        return probability;
    }

    private static double Asymptotic(int n1, int n2, double distance, Alternative alternative)
    {
        double large = Math.Max(n1, n2), small = Math.Min(n1, n2);
        var effective = large * small / (large + small);
        if (alternative == Alternative.TwoSided)
        {
            return Kolmogorov.Survival(distance, Math.Max(1, (int)Math.Round(effective)));
        }

        // Hodges (1958), equation 5.3.
        var z = Math.Sqrt(effective) * distance;
        return Math.Exp(-2 * z * z - 2 * z * (large + 2 * small) / Math.Sqrt(large * small * (large + small)) / 3);
    }
}
