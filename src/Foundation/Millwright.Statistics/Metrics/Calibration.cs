using Millwright.Statistics.TwoSample;

namespace Millwright.Statistics.Metrics;

/// <summary>Bins of a calibration curve.</summary>
public enum CalibrationBins
{
    /// <summary>Equal width over 0 to 1.</summary>
    Uniform,

    /// <summary>Equal numbers of rows.</summary>
    Quantile,
}

/// <summary>Expected and maximum calibration error.</summary>
/// <param name="Expected">Mean distance of score and outcome over bins, weighted by their rows; 0 to 1.</param>
/// <param name="Maximum">The largest distance of a bin.</param>
public readonly record struct CalibrationError(double Expected, double Maximum);

/// <summary>How well predicted probabilities agree with observed frequencies.</summary>
/// <param name="FractionPositive">Per bin that has rows.</param>
/// <param name="MeanPredicted">Per bin that has rows.</param>
public sealed record CalibrationCurve(double[] FractionPositive, double[] MeanPredicted)
{
    /// <summary>The curve; bins without rows are left out.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a probability is not from 0 to 1.</exception>
    public static CalibrationCurve Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities, int bins, CalibrationBins strategy = CalibrationBins.Uniform)
    {
        Check(truth, probabilities, bins);
        var inner = new double[bins - 1];
        var sorted = Samples.Sorted(probabilities, nameof(probabilities));
        for (var i = 1; i < bins; i++)
        {
            inner[i - 1] = strategy == CalibrationBins.Quantile ? Bins.Quantile(sorted, (double)i / bins) : (double)i / bins;
        }

        var edges = Bins.Between(inner);
        var (count, positive, score) = (new int[bins], new double[bins], new double[bins]);
        for (var row = 0; row < truth.Length; row++)
        {
            Add(edges.BinOf(probabilities[row]), truth[row], probabilities[row], count, positive, score);
        }

        var filled = Enumerable.Range(0, bins).Where(bin => count[bin] > 0).ToArray();
        return new CalibrationCurve([.. filled.Select(bin => positive[bin] / count[bin])], [.. filled.Select(bin => score[bin] / count[bin])]);
    }

    /// <summary>Calibration errors over right-closed bins of equal width (0 belongs to the first).</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a probability is not from 0 to 1.</exception>
    public static CalibrationError Error(ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities, int bins)
    {
        Check(truth, probabilities, bins);
        var (count, positive, score) = (new int[bins], new double[bins], new double[bins]);
        for (var row = 0; row < truth.Length; row++)
        {
            Add(Math.Clamp((int)Math.Ceiling(probabilities[row] * bins) - 1, 0, bins - 1), truth[row], probabilities[row], count, positive, score);
        }

        double expected = 0, maximum = 0;
        for (var bin = 0; bin < bins; bin++)
        {
            if (count[bin] > 0)
            {
                var distance = Math.Abs(score[bin] - positive[bin]) / count[bin];
                expected += distance * count[bin] / truth.Length;
                maximum = Math.Max(maximum, distance);
            }
        }

        return new CalibrationError(expected, maximum);
    }

    private static void Check(ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        Rows.Check(truth.Length, probabilities.Length, 0);
        for (var row = 0; row < probabilities.Length; row++)
        {
            ProbabilityScores.CheckProbability(probabilities[row], row);
        }
    }

    private static void Add(int bin, bool truth, double probability, int[] count, double[] positive, double[] score)
    {
        count[bin]++;
        positive[bin] += truth ? 1 : 0;
        score[bin] += probability;
    }
}
