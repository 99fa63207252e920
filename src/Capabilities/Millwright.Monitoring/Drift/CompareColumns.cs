using System.Collections.Immutable;
using Millwright.Monitoring.Profile;
using Millwright.Statistics.TwoSample;

namespace Millwright.Monitoring.Drift;

/// <summary>How a column has moved.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Kind">How it was compared.</param>
/// <param name="Scores">Every test that suits it, and <c>missing</c>; none of too few rows.</param>
/// <param name="Reference">The reference's counts.</param>
/// <param name="Current">The current counts, in the same bins.</param>
public sealed record ColumnDrift(string Column, ColumnKind Kind, ImmutableArray<DriftScore> Scores, ColumnTally Reference, ColumnTally Current)
{
    /// <summary>Whether any test says so.</summary>
    public bool Drifted => Scores.Any(score => score.Drifted);

    /// <summary>The score that says most: a drifted one before others, then the largest effect in units of its threshold; null without scores.</summary>
    public DriftScore? Strongest => Scores.OrderByDescending(score => score.Drifted).ThenByDescending(score => score.Effect / score.Threshold).FirstOrDefault();
}

/// <summary>Compares columns with every test of the catalogue.</summary>
public sealed class CompareColumns(DriftTests tests)
{
    /// <summary>Compares one column.</summary>
    public ColumnDrift Run(ColumnProfile reference, ColumnTally current, DriftLimits limits)
    {
        var was = ColumnTally.Of(reference);
        var comparable = Math.Min(was.Count, current.Count) >= DriftLimits.MinimumRows;
        return new ColumnDrift(
            reference.Name, reference.Kind,
            [
                .. tests.All.Where(test => comparable && test.Suits(reference)).Select(test => test.Compare(was, current, limits)),
                .. Missing(was, current, limits),
            ],
            was, current);
    }

    // Missing values are a category of their own, in columns of every kind.
    private static IEnumerable<DriftScore> Missing(ColumnTally was, ColumnTally now, DriftLimits limits)
    {
        var (n, m) = (was.Count + was.Missing, now.Count + now.Missing);
        if (Math.Min(n, m) < DriftLimits.MinimumRows)
        {
            yield break;
        }

        var change = Math.Abs((double)now.Missing / m - (double)was.Missing / n);
        var oneSided = was.Missing + now.Missing == 0 || was.Count + now.Count == 0;
        var chance = oneSided ? 1 : ChiSquaredTest.Contingency([was.Count, was.Missing, now.Count, now.Missing], 2).PValue;
        yield return DriftScore.Judge("missing", change, chance, change, limits.Missing, limits);
    }
}
