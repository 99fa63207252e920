using Millwright.Monitoring.Profile;
using Millwright.Statistics.Distributions;

namespace Millwright.Monitoring.Drift;

/// <summary>
/// The largest distance of two distribution functions, looked at on the edges of the reference's bins: at most the distance of the full
/// samples, and at most one bin's share (2%) below it.
/// </summary>
internal sealed class KolmogorovSmirnovDistance : IDriftTest
{
    public string Name => "ks";

    public bool Suits(ColumnProfile reference) => reference.Kind is ColumnKind.Number;

    public DriftScore Compare(ColumnTally reference, ColumnTally current, DriftLimits limits)
    {
        var (n, m) = ((double)reference.Count, (double)current.Count);
        var (was, now, distance) = (0L, 0L, 0.0);
        for (var bin = 0; bin < reference.Bins.Length; bin++)
        {
            (was, now) = (was + reference.Bins[bin], now + current.Bins[bin]);
            distance = Math.Max(distance, Math.Abs(was / n - now / m));
        }

        var effective = Math.Max(1, (int)Math.Min(int.MaxValue, Math.Round(n * m / (n + m))));
        return DriftScore.Judge(Name, distance, Kolmogorov.Survival(distance, effective), distance, limits.Distance, limits);
    }
}
