using System.Numerics.Tensors;

namespace Millwright.Statistics.Metrics;

/// <summary>Metrics of predicted numbers. Every one checks that there are rows, as many of each and finite.</summary>
public static class RegressionMetrics
{
    /// <summary>Mean squared distance.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double MeanSquaredError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default) =>
        Mean(truth, predicted, weights, (t, p) => (t - p) * (t - p));

    /// <summary>Mean distance.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double MeanAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default) =>
        Mean(truth, predicted, weights, (t, p) => Math.Abs(t - p));

    /// <summary>Mean distance relative to the truth, 1 = 100 %; astronomic where the truth is 0.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double MeanAbsolutePercentageError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default) =>
        Mean(truth, predicted, weights, (t, p) => Math.Abs(t - p) / Math.Max(Math.Abs(t), 2.220446049250313e-16));

    /// <summary>Mean squared distance of ln(1 + value); values must be at least 0.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a value is not finite or is negative.</exception>
    public static double MeanSquaredLogError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        Rows.Check(truth.Length, predicted.Length, weights.Length);
        return TensorPrimitives.Min(truth) >= 0 && TensorPrimitives.Min(predicted) >= 0
            ? Mean(truth, predicted, weights, (t, p) => Math.Pow(double.LogP1(t) - double.LogP1(p), 2))
            : throw new ArgumentException("The squared logarithmic error needs values of at least 0.");
    }

    /// <summary>Pinball loss of a predicted quantile.</summary>
    /// <param name="truth">True values.</param>
    /// <param name="predicted">Predicted quantiles.</param>
    /// <param name="quantile">Which quantile is predicted, 0 to 1.</param>
    /// <param name="weights">Weight per row, or empty.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double MeanPinballLoss(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double quantile, ReadOnlySpan<double> weights = default) =>
        Mean(truth, predicted, weights, (t, p) => t >= p ? quantile * (t - p) : (1 - quantile) * (p - t));

    /// <summary>Largest distance.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double MaxError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) => Distances(truth, predicted).Max();

    /// <summary>Median distance; weighted, the smallest distance that at least half of the weight lies at or below.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double MedianAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        Rows.Check(truth.Length, predicted.Length, weights.Length);
        return WeightedQuantile(Distances(truth, predicted), weights, 0.5);
    }

    /// <summary>Share of the variance explained, 1 = all; of a constant truth 1 when exact and else 0 (or NaN and −∞ when not forced finite); NaN of one row.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double R2(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default, bool forceFinite = true)
    {
        var residual = MeanSquaredError(truth, predicted, weights);
        var centre = Mean(truth, truth, weights, (t, _) => t);
        return truth.Length < 2 ? double.NaN : Explained(residual, Mean(truth, truth, weights, (t, _) => (t - centre) * (t - centre)), forceFinite);
    }

    /// <summary>Like R², but a constant offset of the predictions costs nothing.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double ExplainedVariance(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        var offset = Mean(truth, predicted, weights, (t, p) => t - p);
        var centre = Mean(truth, truth, weights, (t, _) => t);
        return Explained(
            Mean(truth, predicted, weights, (t, p) => (t - p - offset) * (t - p - offset)), Mean(truth, truth, weights, (t, _) => (t - centre) * (t - centre)), forceFinite: true);
    }

    /// <summary>Mean deviance of the Tweedie family: 0 normal, 1 Poisson, 2 gamma, 3 inverse Gaussian.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a value is not finite, or one is outside the family's range.</exception>
    public static double MeanTweedieDeviance(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double power, ReadOnlySpan<double> weights = default)
    {
        Rows.Check(truth.Length, predicted.Length, weights.Length);
        var (lowest, lowestPredicted) = (TensorPrimitives.Min(truth), TensorPrimitives.Min(predicted));
        if (power > 0 && (!(lowestPredicted > 0) || !(power >= 2 ? lowest > 0 : lowest >= 0)))
        {
            throw new ArgumentException($"Tweedie deviance of power {power} needs positive predictions and labels {(power >= 2 ? "above" : "of at least")} 0.");
        }

        return Mean(truth, predicted, weights, (t, p) => 2 * (power switch
        {
            0 => (t - p) * (t - p) / 2,
            1 => (t == 0 ? 0 : t * Math.Log(t / p)) - t + p,
            2 => Math.Log(p / t) + t / p - 1,
            _ => Math.Pow(Math.Max(t, 0), 2 - power) / ((1 - power) * (2 - power)) - t * Math.Pow(p, 1 - power) / (1 - power) + Math.Pow(p, 2 - power) / (2 - power),
        }));
    }

    /// <summary>Share of the Tweedie deviance explained, compared with always predicting the mean.</summary>
    /// <exception cref="ArgumentException">As for the deviance, or there is one row.</exception>
    public static double D2Tweedie(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double power, ReadOnlySpan<double> weights = default)
    {
        var constant = new double[truth.Length];
        Array.Fill(constant, Mean(truth, truth, weights, (t, _) => t));
        return 1 - MeanTweedieDeviance(truth, predicted, power, weights) / MeanTweedieDeviance(truth, constant, power, weights);
    }

    /// <summary>Share of the pinball loss explained, compared with always predicting the quantile; 0.5 is the absolute error's.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value is not finite.</exception>
    public static double D2Pinball(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double quantile, ReadOnlySpan<double> weights = default)
    {
        Rows.Check(truth.Length, predicted.Length, weights.Length);
        var constant = new double[truth.Length];
        var sorted = truth.ToArray();
        Array.Sort(sorted);
        Array.Fill(constant, weights.IsEmpty ? TwoSample.Bins.Quantile(sorted, quantile) : WeightedQuantile(truth.ToArray(), weights, quantile));
        return 1 - MeanPinballLoss(truth, predicted, quantile, weights) / MeanPinballLoss(truth, constant, quantile, weights);
    }

    private static double Explained(double residual, double variance, bool forceFinite) => (residual, variance) switch
    {
        (_, not 0) => 1 - residual / variance,
        (0, _) => forceFinite ? 1 : double.NaN,
        _ => forceFinite ? 0 : double.NegativeInfinity,
    };

    private static double[] Distances(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        Check(truth, predicted, 0);
        var distances = new double[truth.Length];
        for (var row = 0; row < distances.Length; row++)
        {
            distances[row] = Math.Abs(truth[row] - predicted[row]);
        }

        return distances;
    }

    private static double WeightedQuantile(double[] values, ReadOnlySpan<double> weights, double quantile)
    {
        if (weights.IsEmpty)
        {
            Array.Sort(values);
            return TwoSample.Bins.Quantile(values, quantile);
        }

        var order = weights.ToArray();
        Array.Sort(values, order);
        var (half, sum) = (quantile * order.Sum(), 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += order[i];
            if (sum >= half && sum > 0)
            {
                return values[i];
            }
        }

        return values[^1];
    }

    private static double Mean(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights, Func<double, double, double> of)
    {
        Check(truth, predicted, weights.Length);
        double sum = 0, whole = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            whole += weight;
            sum += weight * of(truth[row], predicted[row]);
        }

        return sum / whole;
    }

    private static void Check(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, int weights)
    {
        Rows.Check(truth.Length, predicted.Length, weights);
        Rows.CheckFinite(truth, nameof(truth));
        Rows.CheckFinite(predicted, nameof(predicted));
    }
}
