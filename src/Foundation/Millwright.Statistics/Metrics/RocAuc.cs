namespace Millwright.Statistics.Metrics;

/// <summary>The area under the ROC curve: the probability that a positive row scores above a negative one, ties half.</summary>
public static class RocAuc
{
    /// <summary>0 to 1; 0.5 is chance.</summary>
    /// <param name="truth">True where positive; both classes must occur.</param>
    /// <param name="scores">Finite; higher = more likely positive.</param>
    /// <param name="weights">Weight per row, or empty.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a score is not finite, or only one class occurs.</exception>
    public static double Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        var ranking = Both(truth, scores, weights);
        double area = 0, lastTp = 0, lastFp = 0;
        for (var i = 0; i < ranking.Thresholds.Length; i++)
        {
            area += (ranking.FalsePositives[i] - lastFp) * (ranking.TruePositives[i] + lastTp) / 2;
            (lastTp, lastFp) = (ranking.TruePositives[i], ranking.FalsePositives[i]);
        }

        return area / (ranking.Positives * ranking.Negatives);
    }

    /// <summary>The part up to a false positive rate, standardised by McClish so that chance is 0.5 and perfect is 1.</summary>
    /// <exception cref="ArgumentException">As for the whole, or the rate is not above 0 and at most 1.</exception>
    public static double Partial(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, double maxFalsePositiveRate, ReadOnlySpan<double> weights = default)
    {
        if (!(maxFalsePositiveRate is > 0 and <= 1))
        {
            throw new ArgumentException("The largest false positive rate must be above 0 and at most 1.", nameof(maxFalsePositiveRate));
        }

        var ranking = Both(truth, scores, weights);
        double area = 0, lastTpr = 0, lastFpr = 0;
        for (var i = 0; i < ranking.Thresholds.Length && lastFpr < maxFalsePositiveRate; i++)
        {
            var (tpr, fpr) = (ranking.TruePositives[i] / ranking.Positives, ranking.FalsePositives[i] / ranking.Negatives);
            if (fpr > maxFalsePositiveRate)
            {
                tpr = lastTpr + (tpr - lastTpr) * (maxFalsePositiveRate - lastFpr) / (fpr - lastFpr);
                fpr = maxFalsePositiveRate;
            }

            area += (fpr - lastFpr) * (tpr + lastTpr) / 2;
            (lastTpr, lastFpr) = (tpr, fpr);
        }

        var chance = maxFalsePositiveRate * maxFalsePositiveRate / 2;
        return 0.5 * (1 + (area - chance) / (maxFalsePositiveRate - chance));
    }

    private static Ranking Both(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        var ranking = Ranking.Of(truth, scores, weights);
        return ranking.Positives > 0 && ranking.Negatives > 0
            ? ranking
            : throw new ArgumentException("Only one class occurs in the labels: the area under the ROC curve is not defined.", nameof(truth));
    }
}
