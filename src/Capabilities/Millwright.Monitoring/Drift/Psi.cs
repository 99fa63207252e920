using Millwright.Monitoring.Profile;
using Millwright.Statistics.Distributions;
using Millwright.Statistics.TwoSample;

namespace Millwright.Monitoring.Drift;

/// <summary>Population stability index over at most ten bins of the reference.</summary>
internal sealed class Psi : IDriftTest
{
    private const int MostBins = 10;

    public string Name => "psi";

    public bool Suits(ColumnProfile reference) => reference.Kind is not ColumnKind.Other;

    public DriftScore Compare(ColumnTally reference, ColumnTally current, DriftLimits limits)
    {
        var (was, now) = Joined(reference, current);
        var score = PopulationStability.OfCounts(was, now);

        // Without drift PSI · nm/(n+m) is about chi-squared with bins − 1 degrees (B. Yurdakul, "Statistical properties of PSI", 2018):
        // so a small window does not drift by its noise alone.
        var (n, m) = ((double)was.Sum(), (double)now.Sum());
        return DriftScore.Judge(Name, score, ChiSquared.Survival(score * n * m / (n + m), Math.Max(1, was.Length - 1)), score, limits.Psi, limits);
    }

    // Neighbouring fine bins join until each holds its share of the reference; few values keep a bin each.
    private static (long[] Was, long[] Now) Joined(ColumnTally reference, ColumnTally current)
    {
        if (reference.Bins.Length <= 2 * MostBins)
        {
            return ([.. reference.Bins], [.. current.Bins]);
        }

        var share = reference.Count / (double)MostBins;
        var (was, now) = (new List<long>(), new List<long>());
        var (a, b) = (0L, 0L);
        for (var bin = 0; bin < reference.Bins.Length; bin++)
        {
            (a, b) = (a + reference.Bins[bin], b + current.Bins[bin]);
            if (was.Sum() + a >= share * (was.Count + 1) - 0.5 || bin == reference.Bins.Length - 1)
            {
                was.Add(a);
                now.Add(b);
                (a, b) = (0, 0);
            }
        }

        return ([.. was], [.. now]);
    }
}
