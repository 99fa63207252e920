namespace Millwright.Statistics.Metrics;

/// <summary>Precision and recall as the threshold rises.</summary>
/// <param name="Precision">One per threshold, and a closing 1.</param>
/// <param name="Recall">One per threshold, and a closing 0.</param>
/// <param name="Thresholds">Ascending distinct scores.</param>
public sealed record PrecisionRecallCurve(double[] Precision, double[] Recall, double[] Thresholds)
{
    /// <summary>Computes the curve; recall is 1 throughout where nothing is positive.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a score is not finite.</exception>
    public static PrecisionRecallCurve Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        var ranking = Ranking.Of(truth, scores, weights);
        var count = ranking.Thresholds.Length;
        var (precision, recall, thresholds) = (new double[count + 1], new double[count + 1], new double[count]);
        (precision[count], recall[count]) = (1, 0);
        for (var i = 0; i < count; i++)
        {
            var (tp, fp) = (ranking.TruePositives[i], ranking.FalsePositives[i]);
            var at = count - 1 - i;
            precision[at] = tp + fp == 0 ? 0 : tp / (tp + fp);
            recall[at] = ranking.Positives == 0 ? 1 : tp / ranking.Positives;
            thresholds[at] = ranking.Thresholds[i];
        }

        return new PrecisionRecallCurve(precision, recall, thresholds);
    }

    /// <summary>Average precision: precision weighted by the step in recall, without interpolation; 0 to 1.</summary>
    public double AveragePrecision
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i + 1 < Recall.Length; i++)
            {
                sum += (Recall[i] - Recall[i + 1]) * Precision[i];
            }

            return sum;
        }
    }
}
