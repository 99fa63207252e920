namespace Millwright.Statistics.Metrics;

/// <summary>Which binary questions a question of several classes is split into.</summary>
public enum Pairing
{
    /// <summary>Every class against all others.</summary>
    OneVersusRest,

    /// <summary>Every class against every other, on the rows of the two (Hand and Till 2001).</summary>
    OneVersusOne,
}

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

    /// <summary>The mean of the areas of several classes.</summary>
    /// <param name="truth">Class per row; every class must occur.</param>
    /// <param name="scores">Row-major, rows × classes.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="pairing">How the classes meet.</param>
    /// <param name="byPrevalence">Weights each area by the share of rows of its class or pair.</param>
    /// <exception cref="ArgumentException">As for two classes.</exception>
    public static double MultiClass(ReadOnlySpan<int> truth, ReadOnlySpan<double> scores, int classes, Pairing pairing, bool byPrevalence)
    {
        Rows.Check(truth.Length, scores.Length / classes, 0);
        double sum = 0, weights = 0;
        for (var a = 0; a < classes; a++)
        {
            for (var b = pairing == Pairing.OneVersusOne ? a + 1 : classes; b <= (pairing == Pairing.OneVersusOne ? classes - 1 : classes); b++)
            {
                var area = b == classes
                    ? OfClass(truth, scores, classes, a, -1)
                    : (OfClass(truth, scores, classes, a, b) + OfClass(truth, scores, classes, b, a)) / 2;
                var weight = !byPrevalence ? 1 : b == classes ? truth.Count(a) : truth.Count(a) + truth.Count(b);
                sum += weight * area;
                weights += weight;
            }
        }

        return sum / weights;
    }

    private static double OfClass(ReadOnlySpan<int> truth, ReadOnlySpan<double> scores, int classes, int positive, int negative)
    {
        var (labels, own) = (new List<bool>(), new List<double>());
        for (var row = 0; row < truth.Length; row++)
        {
            if (negative < 0 || truth[row] == positive || truth[row] == negative)
            {
                labels.Add(truth[row] == positive);
                own.Add(scores[row * classes + positive]);
            }
        }

        return Of([.. labels], own.ToArray());
    }

    private static Ranking Both(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        var ranking = Ranking.Of(truth, scores, weights);
        return ranking.Positives > 0 && ranking.Negatives > 0
            ? ranking
            : throw new ArgumentException("Only one class occurs in the labels: the area under the ROC curve is not defined.", nameof(truth));
    }
}
