using Millwright.Statistics.Distributions;

namespace Millwright.Statistics.Comparison;

/// <summary>An area under the ROC curve with its uncertainty.</summary>
/// <param name="Auc">0 to 1.</param>
/// <param name="Variance">Of the estimate.</param>
/// <param name="Low">Lower end of the confidence interval, at least 0.</param>
/// <param name="High">Upper end, at most 1.</param>
public readonly record struct AucEstimate(double Auc, double Variance, double Low, double High);

/// <summary>Two areas on the same rows, compared.</summary>
/// <param name="Champion">Area of the champion.</param>
/// <param name="Challenger">Area of the challenger.</param>
/// <param name="Covariance">Of the two estimates, row-major 2 × 2, champion first.</param>
/// <param name="Difference">Challenger − champion: positive = the challenger ranks better.</param>
/// <param name="Z">Difference in standard errors; NaN where its variance is 0.</param>
/// <param name="PValue">Two-sided; NaN where z is.</param>
/// <param name="Low">Lower end of the difference's confidence interval.</param>
/// <param name="High">Upper end.</param>
public sealed record DeLongResult(
    double Champion, double Challenger, double[] Covariance, double Difference, double Z, double PValue, double Low, double High);

/// <summary>DeLong, DeLong and Clarke-Pearson (1988): areas under correlated ROC curves, by mid-ranks (Sun and Xu 2014) in n log n.</summary>
public static class DeLong
{
    /// <summary>One area with its confidence interval of level 1 − <paramref name="alpha"/>.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or fewer than two rows of a class, or a score is NaN.</exception>
    public static AucEstimate Estimate(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, double alpha = 0.05)
    {
        var parts = Placements.Of(truth, scores);
        var variance = Covariance(parts.Positive, parts.Positive) / parts.Positive.Length + Covariance(parts.Negative, parts.Negative) / parts.Negative.Length;
        var half = Normal.Critical(alpha) * Math.Sqrt(Math.Max(0, variance));
        return new AucEstimate(parts.Auc, variance, Math.Max(0, parts.Auc - half), Math.Min(1, parts.Auc + half));
    }

    /// <summary>Compares two scores of the same rows.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or fewer than two rows of a class, or a score is NaN.</exception>
    public static DeLongResult Compare(ReadOnlySpan<bool> truth, ReadOnlySpan<double> champion, ReadOnlySpan<double> challenger, double alpha = 0.05)
    {
        var a = Placements.Of(truth, champion);
        var b = Placements.Of(truth, challenger);
        double Of(Placements first, Placements second) =>
            Covariance(first.Positive, second.Positive) / first.Positive.Length + Covariance(first.Negative, second.Negative) / first.Negative.Length;
        double[] covariance = [Of(a, a), Of(a, b), Of(a, b), Of(b, b)];
        var difference = b.Auc - a.Auc;
        var variance = covariance[0] + covariance[3] - 2 * covariance[1];
        var z = variance > 0 ? difference / Math.Sqrt(variance) : double.NaN;
        var half = Normal.Critical(alpha) * Math.Sqrt(Math.Max(0, variance));
        return new DeLongResult(a.Auc, b.Auc, covariance, difference, z, Normal.TwoSided(z), difference - half, difference + half);
    }

    private static double Covariance(double[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average(), sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += (x[i] - meanX) * (y[i] - meanY);
        }

        return sum / (x.Length - 1);
    }

    // Per positive row the share of negatives it beats, per negative row the share of positives that beat it (ties half).
    private sealed record Placements(double[] Positive, double[] Negative, double Auc)
    {
        internal static Placements Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores)
        {
            if (truth.Length != scores.Length)
            {
                throw new ArgumentException($"{truth.Length} labels and {scores.Length} scores do not belong together.", nameof(scores));
            }

            if (scores.Contains(double.NaN))
            {
                throw new ArgumentException("A score is NaN.", nameof(scores));
            }

            var (positive, negative) = (new List<double>(), new List<double>());
            for (var row = 0; row < truth.Length; row++)
            {
                (truth[row] ? positive : negative).Add(scores[row]);
            }

            if (positive.Count < 2 || negative.Count < 2)
            {
                throw new ArgumentException($"There are {positive.Count} positive and {negative.Count} negative rows; each class needs at least 2.", nameof(truth));
            }

            double[] all = [.. positive, .. negative];
            var ranks = MidRanks(all);
            var (positiveRanks, negativeRanks) = (MidRanks([.. positive]), MidRanks([.. negative]));
            var (m, n) = (positive.Count, negative.Count);
            var (v10, v01) = (new double[m], new double[n]);
            for (var i = 0; i < m; i++)
            {
                v10[i] = (ranks[i] - positiveRanks[i]) / n;
            }

            for (var j = 0; j < n; j++)
            {
                v01[j] = 1 - (ranks[m + j] - negativeRanks[j]) / m;
            }

            return new Placements(v10, v01, v10.Average());
        }

        private static double[] MidRanks(double[] values)
        {
            var order = Enumerable.Range(0, values.Length).ToArray();
            var keys = (double[])values.Clone();
            Array.Sort(keys, order);
            var ranks = new double[values.Length];
            for (var from = 0; from < keys.Length;)
            {
                var to = from;
                while (to + 1 < keys.Length && keys[to + 1] == keys[from])
                {
                    to++;
                }

                for (var i = from; i <= to; i++)
                {
                    ranks[order[i]] = (from + to) / 2.0 + 1;
                }

                from = to + 1;
            }

            return ranks;
        }
    }
}
