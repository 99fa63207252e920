namespace Millwright.Statistics.Metrics;

/// <summary>Over what a confusion matrix is normalised.</summary>
public enum Normalisation
{
    /// <summary>Each row (true class) sums to 1.</summary>
    True,

    /// <summary>Each column (predicted class) sums to 1.</summary>
    Predicted,

    /// <summary>The whole sums to 1.</summary>
    All,
}

/// <summary>How far apart two classes are for Cohen's kappa.</summary>
public enum KappaWeights
{
    /// <summary>Every disagreement counts the same.</summary>
    None,

    /// <summary>By distance.</summary>
    Linear,

    /// <summary>By squared distance.</summary>
    Quadratic,
}

/// <summary>Weighted counts of true class against predicted class, and the metrics that need nothing else.</summary>
public sealed class ConfusionMatrix
{
    private readonly double[] _counts;

    private ConfusionMatrix(double[] counts, int classes) => (_counts, Classes) = (counts, classes);

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Weight of the rows of this true class that were predicted as that class.</summary>
    public double this[int truth, int predicted] => _counts[truth * Classes + predicted];

    /// <summary>Sum of all weights.</summary>
    public double Total => _counts.Sum();

    /// <summary>Counts classes 0 to <paramref name="classes"/> − 1.</summary>
    /// <param name="truth">True class per row.</param>
    /// <param name="predicted">Predicted class per row.</param>
    /// <param name="classes">At least 1.</param>
    /// <param name="weights">Weight per row, or empty for 1.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static ConfusionMatrix Of(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes, ReadOnlySpan<double> weights = default)
    {
        Rows.CheckLengths(truth.Length, predicted.Length, weights.Length);
        var counts = new double[classes * classes];
        for (var row = 0; row < truth.Length; row++)
        {
            counts[truth[row] * classes + predicted[row]] += weights.IsEmpty ? 1 : weights[row];
        }

        return new ConfusionMatrix(counts, classes);
    }

    /// <summary>Of a positive and a negative class; class 1 is the positive one.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static ConfusionMatrix OfBinary(ReadOnlySpan<bool> truth, ReadOnlySpan<bool> predicted, ReadOnlySpan<double> weights = default)
    {
        Rows.CheckLengths(truth.Length, predicted.Length, weights.Length);
        var counts = new double[4];
        for (var row = 0; row < truth.Length; row++)
        {
            counts[(truth[row] ? 2 : 0) + (predicted[row] ? 1 : 0)] += weights.IsEmpty ? 1 : weights[row];
        }

        return new ConfusionMatrix(counts, 2);
    }

    /// <summary>Of scores: a score of <paramref name="threshold"/> or more predicts the positive class.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static ConfusionMatrix AtThreshold(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, double threshold)
    {
        var predicted = new bool[scores.Length];
        for (var row = 0; row < predicted.Length; row++)
        {
            predicted[row] = scores[row] >= threshold;
        }

        return OfBinary(truth, predicted);
    }

    /// <summary>Weight of a true class.</summary>
    public double Support(int truth) => _counts.AsSpan(truth * Classes, Classes).ToArray().Sum();

    /// <summary>Weight of a predicted class.</summary>
    public double Predicted(int predicted)
    {
        var sum = 0.0;
        for (var truth = 0; truth < Classes; truth++)
        {
            sum += this[truth, predicted];
        }

        return sum;
    }

    /// <summary>Share of right predictions; NaN without rows.</summary>
    public double Accuracy => Diagonal / Total;

    /// <summary>Mean recall of the classes that occur; <paramref name="adjusted"/> rescales so that chance is 0.</summary>
    public double BalancedAccuracy(bool adjusted = false)
    {
        var recalls = Enumerable.Range(0, Classes).Where(k => Support(k) > 0).Select(k => this[k, k] / Support(k)).ToArray();
        var mean = recalls.Average();
        var chance = 1.0 / recalls.Length;
        return adjusted ? (mean - chance) / (1 - chance) : mean;
    }

    /// <summary>Matthews' correlation coefficient, −1 to 1 (Gorodkin's form for several classes); 0 where a side is constant.</summary>
    public double MatthewsCorrelation
    {
        get
        {
            double total = Total, agreement = 0, predictedSquares = 0, truthSquares = 0;
            for (var k = 0; k < Classes; k++)
            {
                agreement += Support(k) * Predicted(k);
                predictedSquares += Predicted(k) * Predicted(k);
                truthSquares += Support(k) * Support(k);
            }

            var spread = (total * total - predictedSquares) * (total * total - truthSquares);
            return spread == 0 ? 0 : (Diagonal * total - agreement) / Math.Sqrt(spread);
        }
    }

    /// <summary>Cohen's kappa, agreement beyond chance; NaN where only one class occurs at all.</summary>
    public double CohenKappa(KappaWeights weights = KappaWeights.None)
    {
        double total = Total, observed = 0, expected = 0;
        for (var i = 0; i < Classes; i++)
        {
            for (var j = 0; j < Classes; j++)
            {
                var weight = weights switch
                {
                    KappaWeights.Linear => Math.Abs(i - j),
                    KappaWeights.Quadratic => (double)(i - j) * (i - j),
                    _ => i == j ? 0 : 1,
                };
                observed += weight * this[i, j];
                expected += weight * Support(i) * Predicted(j) / total;
            }
        }

        return 1 - observed / expected;
    }

    /// <summary>The counts as shares, row-major; 0 where the sum is 0.</summary>
    public double[] Normalised(Normalisation by)
    {
        var shares = new double[_counts.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            var sum = by switch
            {
                Normalisation.True => Support(i / Classes),
                Normalisation.Predicted => Predicted(i % Classes),
                _ => Total,
            };
            shares[i] = sum == 0 ? 0 : _counts[i] / sum;
        }

        return shares;
    }

    /// <summary>The counts, row-major by true class.</summary>
    public ReadOnlySpan<double> Counts => _counts;

    private double Diagonal => Enumerable.Range(0, Classes).Sum(k => this[k, k]);
}
