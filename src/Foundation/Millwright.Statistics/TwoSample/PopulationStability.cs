namespace Millwright.Statistics.TwoSample;

/// <summary>What stands in for the share of an empty bin, whose logarithm would be infinite.</summary>
public enum EmptyBins
{
    /// <summary>No share is smaller than 0.0001.</summary>
    Floor,

    /// <summary>A share of 0 becomes 0.0001, or a millionth of the smallest other share where that is 0.0001 or less.</summary>
    FillRelative,
}

/// <summary>A population stability index with what it is made of.</summary>
/// <param name="Value">0 = identical; customary reading: below 0.1 stable, above 0.25 shifted.</param>
/// <param name="Bins">The bins.</param>
/// <param name="Reference">Counts of the reference per bin.</param>
/// <param name="Current">Counts of the current sample per bin.</param>
/// <param name="Terms">Each bin's part of the value.</param>
public sealed record PopulationStabilityResult(double Value, Bins Bins, long[] Reference, long[] Current, double[] Terms);

/// <summary>The population stability index: Σ (q − p) ln(q / p) over bins, p the reference's and q the current shares.</summary>
public static class PopulationStability
{
    private const double Smallest = 1e-4;

    /// <summary>Of two samples of numbers without NaN; the bins come from the reference, so that scores compare across days.</summary>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN.</exception>
    public static PopulationStabilityResult Of(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, BinRule rule = BinRule.Quantile, int bins = 10, EmptyBins empty = EmptyBins.Floor)
    {
        var made = Bins.For(reference, current, rule, bins);
        var (was, now) = (made.Counts(reference), made.Counts(current));
        var (value, terms) = Terms(was, reference.Length, now, current.Length, empty);
        return new PopulationStabilityResult(value, made, was, now, terms);
    }

    /// <summary>Of counts per bin or category, in the same order on both sides.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a side has no count at all.</exception>
    public static double OfCounts(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, EmptyBins empty = EmptyBins.Floor) =>
        Terms(reference, Sum(reference), current, Sum(current), empty).Value;

    /// <summary>Of categories: one bin per value of either side; missing (null) are dropped.</summary>
    /// <exception cref="ArgumentException">A side has no value at all.</exception>
    public static double OfCategories(IReadOnlyCollection<string?> reference, IReadOnlyCollection<string?> current, EmptyBins empty = EmptyBins.Floor)
    {
        var counts = CategoryCounts.Of(reference, current);
        return OfCounts(counts.Reference, counts.Current, empty);
    }

    private static (double Value, double[] Terms) Terms(
        ReadOnlySpan<long> reference, long referenceTotal, ReadOnlySpan<long> current, long currentTotal, EmptyBins empty)
    {
        if (reference.Length != current.Length)
        {
            throw new ArgumentException($"{reference.Length} and {current.Length} bins do not belong together.", nameof(current));
        }

        if (referenceTotal <= 0 || currentTotal <= 0)
        {
            throw new ArgumentException("A sample is empty.", referenceTotal <= 0 ? nameof(reference) : nameof(current));
        }

        var was = Shares(reference, referenceTotal, empty);
        var now = Shares(current, currentTotal, empty);
        var terms = new double[was.Length];
        for (var bin = 0; bin < terms.Length; bin++)
        {
            terms[bin] = (now[bin] - was[bin]) * Math.Log(now[bin] / was[bin]);
        }

        return (terms.Sum(), terms);
    }

    private static double[] Shares(ReadOnlySpan<long> counts, long total, EmptyBins empty)
    {
        var shares = new double[counts.Length];
        var smallest = double.PositiveInfinity;
        for (var bin = 0; bin < shares.Length; bin++)
        {
            shares[bin] = (double)counts[bin] / total;
            if (counts[bin] > 0)
            {
                smallest = Math.Min(smallest, shares[bin]);
            }
        }

        var fill = empty == EmptyBins.FillRelative && smallest <= Smallest ? smallest / 1e6 : Smallest;
        for (var bin = 0; bin < shares.Length; bin++)
        {
            shares[bin] = empty == EmptyBins.Floor ? Math.Max(shares[bin], Smallest) : shares[bin] == 0 ? fill : shares[bin];
        }

        return shares;
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
