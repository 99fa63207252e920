namespace Millwright.Statistics.Metrics;

/// <summary>Scores of predicted probabilities.</summary>
public static class ProbabilityScores
{
    // The machine epsilon: a probability of exactly 0 for what happened would cost infinitely much.
    private const double Clip = 2.220446049250313e-16;

    /// <summary>Mean negative log-likelihood in nats; probabilities are clipped away from 0 and 1.</summary>
    /// <param name="truth">True where positive.</param>
    /// <param name="probabilities">Of the positive class, 0 to 1.</param>
    /// <param name="weights">Weight per row, or empty.</param>
    /// <param name="total">The weighted sum instead of the mean.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a probability is not from 0 to 1.</exception>
    public static double LogLoss(ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> weights = default, bool total = false)
    {
        Rows.Check(truth.Length, probabilities.Length, weights.Length);
        double sum = 0, weightSum = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            CheckProbability(probabilities[row], row);
            var clipped = Math.Clamp(probabilities[row], Clip, 1 - Clip);
            var weight = weights.IsEmpty ? 1 : weights[row];
            sum -= weight * Math.Log(truth[row] ? clipped : 1 - clipped);
            weightSum += weight;
        }

        return total ? sum : sum / weightSum;
    }

    /// <summary>The same for several classes; each row of probabilities is rescaled to sum 1 after clipping.</summary>
    /// <param name="truth">True class per row.</param>
    /// <param name="probabilities">Row-major, rows × classes.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="weights">Weight per row, or empty.</param>
    /// <param name="total">The weighted sum instead of the mean.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a probability is not from 0 to 1.</exception>
    public static double LogLoss(
        ReadOnlySpan<int> truth, ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<double> weights = default, bool total = false)
    {
        Rows.Check(truth.Length, probabilities.Length / classes, weights.Length);
        double sum = 0, weightSum = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            var (rowSum, own) = (0.0, 0.0);
            for (var k = 0; k < classes; k++)
            {
                CheckProbability(probabilities[row * classes + k], row);
                var clipped = Math.Clamp(probabilities[row * classes + k], Clip, 1 - Clip);
                rowSum += clipped;
                own = k == truth[row] ? clipped : own;
            }

            var weight = weights.IsEmpty ? 1 : weights[row];
            sum -= weight * Math.Log(own / rowSum);
            weightSum += weight;
        }

        return total ? sum : sum / weightSum;
    }

    /// <summary>Brier score: mean squared distance of probability and outcome, 0 to 1.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a probability is not from 0 to 1.</exception>
    public static double Brier(ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> weights = default)
    {
        Rows.Check(truth.Length, probabilities.Length, weights.Length);
        double sum = 0, weightSum = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            CheckProbability(probabilities[row], row);
            var distance = (truth[row] ? 1 : 0) - probabilities[row];
            var weight = weights.IsEmpty ? 1 : weights[row];
            sum += weight * distance * distance;
            weightSum += weight;
        }

        return sum / weightSum;
    }

    internal static void CheckProbability(double probability, int row)
    {
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentException($"Row {row} has {probability}, which is no probability (0 to 1).");
        }
    }
}
