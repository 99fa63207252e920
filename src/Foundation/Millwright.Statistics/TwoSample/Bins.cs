namespace Millwright.Statistics.TwoSample;

/// <summary>How numbers are put into bins before two samples are compared bin by bin.</summary>
public enum BinRule
{
    /// <summary>Right-closed bins between the reference's quantiles (equal ones merged); one bin per value when the reference has few values.</summary>
    Quantile,

    /// <summary>Left-closed bins of equal width over the reference; the outer ones are open.</summary>
    EqualWidth,

    /// <summary>Sturges' number of bins of equal width over both samples; the last bin is closed.</summary>
    Sturges,
}

/// <summary>A fixed set of bins; made from a reference once, then used to count any sample.</summary>
public sealed class Bins
{
    private readonly double[] _inner;
    private readonly bool _rightClosed;

    private Bins(double[] inner, bool rightClosed) => (_inner, _rightClosed) = (inner, rightClosed);

    /// <summary>The bins' edges, one more than bins, outer ones possibly infinite; null when there is one bin per value.</summary>
    public IReadOnlyList<double>? Edges { get; private init; }

    /// <summary>The single values that are the bins, ascending; null when bins are ranges.</summary>
    public IReadOnlyList<double>? Values { get; private init; }

    /// <summary>Number of bins.</summary>
    public int Count => Values?.Count ?? Edges!.Count - 1;

    /// <summary>Right-closed bins between given inner edges, open at both ends: what a stored training profile holds.</summary>
    /// <param name="innerEdges">Ascending, distinct.</param>
    public static Bins Between(ReadOnlySpan<double> innerEdges) => new(innerEdges.ToArray(), rightClosed: true)
    {
        Edges = [double.NegativeInfinity, .. innerEdges, double.PositiveInfinity],
    };

    /// <summary>One bin per value; values that are not listed are in no bin.</summary>
    /// <param name="values">Ascending, distinct.</param>
    public static Bins Of(ReadOnlySpan<double> values) => new([], rightClosed: false) { Values = values.ToArray() };

    /// <summary>Makes bins for two samples without NaN.</summary>
    /// <param name="reference">Not empty.</param>
    /// <param name="current">Looked at only where the rule says so.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="count">Number of bins wanted, at least 1; Sturges' rule has its own.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN.</exception>
    public static Bins For(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, BinRule rule, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var sorted = Samples.Sorted(reference, nameof(reference));
        Samples.Check(current, nameof(current));
        switch (rule)
        {
            case BinRule.Quantile when Distinct(sorted).Length <= count:
                double[] both = [.. sorted, .. current];
                Array.Sort(both);
                return Of(Distinct(both));
            case BinRule.Quantile:
                var edges = new double[count - 1];
                for (var i = 1; i < count; i++)
                {
                    edges[i - 1] = Quantile(sorted, (double)i / count);
                }

                return Between(Distinct(edges));
            case BinRule.EqualWidth:
                var inner = new double[count - 1];
                var width = (sorted[^1] - sorted[0]) / count;
                for (var i = 1; i < count; i++)
                {
                    inner[i - 1] = sorted[0] + i * width;
                }

                return new Bins(inner, rightClosed: false) { Edges = [double.NegativeInfinity, .. inner, double.PositiveInfinity] };
            default:
                return Histogram([.. sorted, .. current]);
        }
    }

    /// <summary>Counts per bin.</summary>
    public long[] Counts(ReadOnlySpan<double> sample)
    {
        var counts = new long[Count];
        foreach (var value in sample)
        {
            var bin = BinOf(value);
            if (bin >= 0)
            {
                counts[bin]++;
            }
        }

        return counts;
    }

    /// <summary>The bin of a value; −1 when it is in none.</summary>
    public int BinOf(double value)
    {
        if (Values is double[] values)
        {
            return Math.Max(-1, Array.BinarySearch(values, value));
        }

        var (low, high) = (0, _inner.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rightClosed ? _inner[middle] < value : _inner[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return value >= Edges![0] && value <= Edges[^1] ? low : -1;
    }

    /// <summary>The quantile of ascending values by linear interpolation between the two nearest.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var part = position - below;
        if (part == 0 || below + 1 >= sorted.Length)
        {
            return sorted[below];
        }

        // Interpolating from the nearer end keeps the result exact at both ends.
        var step = sorted[below + 1] - sorted[below];
        return part >= 0.5 ? sorted[below + 1] - step * (1 - part) : sorted[below] + step * part;
    }

    private static Bins Histogram(double[] values)
    {
        double low = values.Min(), high = values.Max();
        var count = low == high ? 1 : (int)Math.Ceiling(Math.Log2(values.Length) + 1);
        if (low == high)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        var edges = new double[count + 1];
        for (var i = 0; i <= count; i++)
        {
            edges[i] = i == count ? high : low + i * ((high - low) / count);
        }

        return new Bins(edges[1..^1], rightClosed: false) { Edges = edges };
    }

    private static double[] Distinct(double[] sorted)
    {
        var distinct = new List<double>();
        foreach (var value in sorted)
        {
            if (distinct.Count == 0 || distinct[^1] != value)
            {
                distinct.Add(value);
            }
        }

        return [.. distinct];
    }
}
