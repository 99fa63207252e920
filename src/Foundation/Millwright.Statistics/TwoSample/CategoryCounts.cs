namespace Millwright.Statistics.TwoSample;

/// <summary>How often each category occurs in two samples.</summary>
/// <param name="Categories">Values of either side, in ordinal order.</param>
/// <param name="Reference">Counts in the reference.</param>
/// <param name="Current">Counts in the current sample.</param>
public sealed record CategoryCounts(IReadOnlyList<string> Categories, long[] Reference, long[] Current)
{
    /// <summary>Counts both sides; missing values (null) are dropped.</summary>
    public static CategoryCounts Of(IEnumerable<string?> reference, IEnumerable<string?> current)
    {
        var counts = new SortedDictionary<string, (long Reference, long Current)>(StringComparer.Ordinal);
        foreach (var value in reference)
        {
            if (value is not null)
            {
                var (was, now) = counts.GetValueOrDefault(value);
                counts[value] = (was + 1, now);
            }
        }

        foreach (var value in current)
        {
            if (value is not null)
            {
                var (was, now) = counts.GetValueOrDefault(value);
                counts[value] = (was, now + 1);
            }
        }

        return new CategoryCounts(
            [.. counts.Keys], [.. counts.Values.Select(count => count.Reference)], [.. counts.Values.Select(count => count.Current)]);
    }

    /// <summary>The 2 × categories table for <see cref="ChiSquaredTest.Contingency"/>, row-major.</summary>
    public double[] ToTable() => [.. Reference.Select(count => (double)count), .. Current.Select(count => (double)count)];
}
