using Millwright.Monitoring.Profile;
using Millwright.Statistics.TwoSample;

namespace Millwright.Monitoring.Drift;

/// <summary>
/// Pearson's chi-squared test of categories. The effect is the total variation distance: the share of rows that would have to change their
/// category to undo the shift. Unlike Cramér's V it does not shrink when one sample is much larger than the other.
/// </summary>
internal sealed class ChiSquaredShift : IDriftTest
{
    public string Name => "chi_squared";

    public bool Suits(ColumnProfile reference) => reference.Kind is ColumnKind.Category;

    public DriftScore Compare(ColumnTally reference, ColumnTally current, DriftLimits limits)
    {
        var used = Enumerable.Range(0, reference.Bins.Length).Where(bin => reference.Bins[bin] + current.Bins[bin] > 0).ToList();
        double[] table = [.. used.Select(bin => (double)reference.Bins[bin]), .. used.Select(bin => (double)current.Bins[bin])];
        var test = ChiSquaredTest.Contingency(table, used.Count);
        var (n, m) = ((double)reference.Count, (double)current.Count);
        var moved = used.Sum(bin => Math.Abs(reference.Bins[bin] / n - current.Bins[bin] / m)) / 2;
        return DriftScore.Judge(Name, test.Statistic, test.PValue, moved, limits.Distance, limits);
    }
}
