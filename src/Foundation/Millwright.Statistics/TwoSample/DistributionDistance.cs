namespace Millwright.Statistics.TwoSample;

/// <summary>Distances of two discrete distributions, given as counts or shares in the same order; both are scaled to sum 1.</summary>
public static class DistributionDistance
{
    /// <summary>Jensen-Shannon distance: the square root of the divergence, in nats (0 to √ln 2) unless another base is given.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a side is empty or sums to 0.</exception>
    public static double JensenShannon(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double logarithmBase = Math.E)
    {
        var (p, q) = (Shares(first, second.Length), Shares(second, first.Length));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            var middle = (p[i] + q[i]) / 2;
            sum += Relative(p[i], middle) + Relative(q[i], middle);
        }

        return Math.Sqrt(Math.Max(0, sum / 2) / Math.Log(logarithmBase));
    }

    /// <summary>Kullback-Leibler divergence Σ p ln(p / q); infinite where q lacks what p has.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a side is empty or sums to 0.</exception>
    public static double KullbackLeibler(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double logarithmBase = Math.E)
    {
        var (p, q) = (Shares(first, second.Length), Shares(second, first.Length));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            sum += Relative(p[i], q[i]);
        }

        return sum / Math.Log(logarithmBase);
    }

    /// <summary>Hellinger distance, 0 to 1.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a side is empty or sums to 0.</exception>
    public static double Hellinger(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (p, q) = (Shares(first, second.Length), Shares(second, first.Length));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            sum += Math.Sqrt(p[i] * q[i]);
        }

        return Math.Sqrt(Math.Max(0, 1 - sum));
    }

    /// <summary>Total variation distance, 0 to 1.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a side is empty or sums to 0.</exception>
    public static double TotalVariation(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (p, q) = (Shares(first, second.Length), Shares(second, first.Length));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            sum += Math.Abs(p[i] - q[i]);
        }

        return sum / 2;
    }

    private static double Relative(double p, double q) => p == 0 ? 0 : p * Math.Log(p / q);

    private static double[] Shares(ReadOnlySpan<double> weights, int other)
    {
        var sum = System.Numerics.Tensors.TensorPrimitives.Sum(weights);
        if (weights.Length != other || !(sum > 0) || !double.IsFinite(sum))
        {
            throw new ArgumentException($"{weights.Length} and {other} weights, one side of which sums to {sum}, are no two distributions.");
        }

        var shares = new double[weights.Length];
        System.Numerics.Tensors.TensorPrimitives.Divide(weights, sum, shares);
        return shares;
    }
}
