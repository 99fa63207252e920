namespace Millwright.Statistics.Fairness;

/// <summary>Metrics of one group's 0/1 labels and predictions. A rate whose denominator is empty is 0.</summary>
public static class GroupRates
{
    /// <summary>Share predicted positive.</summary>
    public static double SelectionRate(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Share(truth, predicted, weights, (_, _) => true, (_, p) => p);

    /// <summary>Share of the positives that is predicted positive.</summary>
    public static double TruePositiveRate(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Share(truth, predicted, weights, (t, _) => t, (_, p) => p);

    /// <summary>Share of the negatives that is predicted positive.</summary>
    public static double FalsePositiveRate(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Share(truth, predicted, weights, (t, _) => !t, (_, p) => p);

    /// <summary>Share of the negatives that is predicted negative.</summary>
    public static double TrueNegativeRate(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Share(truth, predicted, weights, (t, _) => !t, (_, p) => !p);

    /// <summary>Share of the positives that is predicted negative.</summary>
    public static double FalseNegativeRate(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Share(truth, predicted, weights, (t, _) => t, (_, p) => !p);

    /// <summary>Share of right predictions.</summary>
    public static double Accuracy(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Share(truth, predicted, weights, (_, _) => true, (t, p) => t == p);

    /// <summary>Share of the positive predictions that is right.</summary>
    public static double Precision(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Share(truth, predicted, weights, (_, p) => p, (t, _) => t);

    /// <summary>Harmonic mean of precision and true positive rate.</summary>
    public static double F1(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights)
    {
        double twice = 0, sum = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            twice += truth[row] == 1 && predicted[row] == 1 ? 2 * weight : 0;
            sum += (truth[row] == 1 ? weight : 0) + (predicted[row] == 1 ? weight : 0);
        }

        return sum == 0 ? 0 : twice / sum;
    }

    /// <summary>Mean of the rates of right predictions of the classes that occur.</summary>
    public static double BalancedAccuracy(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        (truth.Contains(1), truth.ContainsAnyExcept(1)) switch
        {
            (true, false) => TruePositiveRate(truth, predicted, weights),
            (false, true) => TrueNegativeRate(truth, predicted, weights),
            _ => (TruePositiveRate(truth, predicted, weights) + TrueNegativeRate(truth, predicted, weights)) / 2,
        };

    /// <summary>Number of rows, whatever their weights.</summary>
    public static double Count(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) => truth.Length;

    /// <summary>Mean prediction.</summary>
    public static double MeanPrediction(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Mean(truth, predicted, weights, (_, p) => p);

    /// <summary>Mean squared distance of label and prediction.</summary>
    public static double MeanSquaredError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Mean(truth, predicted, weights, (t, p) => (t - p) * (t - p));

    /// <summary>Mean distance of label and prediction.</summary>
    public static double MeanAbsoluteError(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights) =>
        Mean(truth, predicted, weights, (t, p) => Math.Abs(t - p));

    private static double Share(
        ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights, Func<bool, bool, bool> among, Func<bool, bool, bool> counts)
    {
        double part = 0, whole = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            var (t, p) = (truth[row] == 1, predicted[row] == 1);
            if (among(t, p))
            {
                var weight = weights.IsEmpty ? 1 : weights[row];
                whole += weight;
                part += counts(t, p) ? weight : 0;
            }
        }

        return whole == 0 ? 0 : part / whole;
    }

    private static double Mean(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights, Func<double, double, double> of)
    {
        double sum = 0, whole = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            whole += weight;
            sum += weight * of(truth[row], predicted[row]);
        }

        return sum / whole;
    }
}
