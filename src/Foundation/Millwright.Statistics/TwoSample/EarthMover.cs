namespace Millwright.Statistics.TwoSample;

/// <summary>Distances of two weighted samples on the line, from the gap between their distribution functions.</summary>
public static class EarthMover
{
    /// <summary>Wasserstein distance of order 1: the mean way that values must move, in their unit.</summary>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN, or weights do not fit.</exception>
    public static double Wasserstein(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> firstWeights = default, ReadOnlySpan<double> secondWeights = default) =>
        Integrate(first, second, firstWeights, secondWeights, Math.Abs);

    /// <summary>Energy distance: the root of twice the integral of the squared gap.</summary>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN, or weights do not fit.</exception>
    public static double Energy(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> firstWeights = default, ReadOnlySpan<double> secondWeights = default) =>
        Math.Sqrt(2 * Integrate(first, second, firstWeights, secondWeights, gap => gap * gap));

    private static double Integrate(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> firstWeights, ReadOnlySpan<double> secondWeights, Func<double, double> of)
    {
        var (x, u) = Sorted(first, firstWeights, nameof(first));
        var (y, v) = Sorted(second, secondWeights, nameof(second));
        double sum = 0, above = 0, below = 0, last = Math.Min(x[0], y[0]);
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            var next = j == y.Length || (i < x.Length && x[i] <= y[j]) ? x[i] : y[j];
            sum += of(above - below) * (next - last);
            last = next;
            while (i < x.Length && x[i] == next)
            {
                above += u[i++];
            }

            while (j < y.Length && y[j] == next)
            {
                below += v[j++];
            }
        }

        return sum;
    }

    private static (double[] Values, double[] Shares) Sorted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, string name)
    {
        Samples.Check(values, name);
        if (!weights.IsEmpty && weights.Length != values.Length)
        {
            throw new ArgumentException($"{values.Length} values have {weights.Length} weights.", name);
        }

        var (sorted, shares) = (values.ToArray(), new double[values.Length]);
        if (weights.IsEmpty)
        {
            Array.Fill(shares, 1.0);
        }
        else
        {
            weights.CopyTo(shares);
        }

        var total = shares.Sum();
        if (!(total > 0) || !double.IsFinite(total) || shares.Any(weight => weight < 0))
        {
            throw new ArgumentException($"The weights sum to {total} or one is negative.", name);
        }

        Array.Sort(sorted, shares);
        return (sorted, Array.ConvertAll(shares, weight => weight / total));
    }
}
