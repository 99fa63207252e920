namespace Millwright.Statistics.Metrics;

/// <summary>The receiver operating characteristic: false and true positive rates as the threshold falls.</summary>
/// <param name="FalsePositiveRates">From 0 to 1.</param>
/// <param name="TruePositiveRates">From 0 to 1.</param>
/// <param name="Thresholds">Scores from which on the class is positive; the first is one above the highest score.</param>
public sealed record RocCurve(double[] FalsePositiveRates, double[] TruePositiveRates, double[] Thresholds)
{
    /// <summary>Computes the curve.</summary>
    /// <param name="truth">True where positive.</param>
    /// <param name="scores">Finite; higher = more likely positive.</param>
    /// <param name="weights">Weight per row, or empty.</param>
    /// <param name="dropCollinear">Leaves out thresholds that lie on a straight line between their neighbours.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a score is not finite.</exception>
    public static RocCurve Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default, bool dropCollinear = true)
    {
        var ranking = Ranking.Of(truth, scores, weights);
        var keep = new List<int>();
        for (var i = 0; i < ranking.Thresholds.Length; i++)
        {
            if (!dropCollinear || i == 0 || i == ranking.Thresholds.Length - 1 || IsBend(ranking.TruePositives, i) || IsBend(ranking.FalsePositives, i))
            {
                keep.Add(i);
            }
        }

        return new RocCurve(
            [0, .. keep.Select(i => ranking.FalsePositives[i] / ranking.Negatives)],
            [0, .. keep.Select(i => ranking.TruePositives[i] / ranking.Positives)],
            [ranking.Thresholds[keep[0]] + 1, .. keep.Select(i => ranking.Thresholds[i])]);
    }

    private static bool IsBend(double[] counts, int i) => counts[i + 1] - counts[i] != counts[i] - counts[i - 1];
}
