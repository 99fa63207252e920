namespace Millwright.Statistics.Metrics;

/// <summary>How scores per class become one.</summary>
public enum Averaging
{
    /// <summary>Over the counts of all classes together.</summary>
    Micro,

    /// <summary>The mean over classes.</summary>
    Macro,

    /// <summary>The mean over classes weighted by their true weight.</summary>
    Weighted,
}

/// <summary>A score that counts true positives, false positives and false negatives of a class.</summary>
/// <param name="Numerator">Of (true positives, false positives, false negatives).</param>
/// <param name="Denominator">Of the same; where it is 0 the score is the caller's value for an undefined score.</param>
public sealed record ClassScore(Func<double, double, double, double> Numerator, Func<double, double, double, double> Denominator)
{
    /// <summary>Share of the predictions of a class that are right.</summary>
    public static ClassScore Precision { get; } = new((tp, _, _) => tp, (tp, fp, _) => tp + fp);

    /// <summary>Share of a class that is found.</summary>
    public static ClassScore Recall { get; } = new((tp, _, _) => tp, (tp, _, fn) => tp + fn);

    /// <summary>Intersection over union.</summary>
    public static ClassScore Jaccard { get; } = new((tp, _, _) => tp, (tp, fp, fn) => tp + fp + fn);

    /// <summary>Harmonic mean of precision and recall.</summary>
    public static ClassScore F1 { get; } = FBeta(1);

    /// <summary>Harmonic mean in which recall counts <paramref name="beta"/> times as much as precision.</summary>
    public static ClassScore FBeta(double beta) => new(
        (tp, _, _) => (1 + beta * beta) * tp, (tp, fp, fn) => (1 + beta * beta) * tp + fp + beta * beta * fn);

    /// <summary>Of one class.</summary>
    public double Of(ConfusionMatrix matrix, int positive = 1, double undefined = 0)
    {
        var (tp, fp, fn) = Counts(matrix, positive);
        return Divide(tp, fp, fn, undefined);
    }

    /// <summary>Averaged over classes (all of them when <paramref name="classes"/> is null).</summary>
    public double Of(ConfusionMatrix matrix, Averaging average, IReadOnlyList<int>? classes = null, double undefined = 0)
    {
        classes ??= [.. Enumerable.Range(0, matrix.Classes)];
        if (average == Averaging.Micro)
        {
            double tp = 0, fp = 0, fn = 0;
            foreach (var k in classes)
            {
                var counts = Counts(matrix, k);
                (tp, fp, fn) = (tp + counts.Tp, fp + counts.Fp, fn + counts.Fn);
            }

            return Divide(tp, fp, fn, undefined);
        }

        double sum = 0, weights = 0;
        foreach (var k in classes)
        {
            var weight = average == Averaging.Macro ? 1 : matrix.Support(k);
            sum += weight * Of(matrix, k, undefined);
            weights += weight;
        }

        return weights == 0 ? undefined : sum / weights;
    }

    private double Divide(double tp, double fp, double fn, double undefined) =>
        Denominator(tp, fp, fn) is var denominator && denominator == 0 ? undefined : Numerator(tp, fp, fn) / denominator;

    private static (double Tp, double Fp, double Fn) Counts(ConfusionMatrix matrix, int k) =>
        (matrix[k, k], matrix.Predicted(k) - matrix[k, k], matrix.Support(k) - matrix[k, k]);
}
