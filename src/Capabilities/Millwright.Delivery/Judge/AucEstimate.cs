using Millwright.Abstractions.Monitoring;

namespace Millwright.Delivery.Judge;

/// <summary>The area under the ROC curve of one sample, with its variance.</summary>
/// <param name="Value">0 to 1; 0.5 is chance.</param>
/// <param name="Variance">Of the estimate.</param>
/// <remarks>
/// The variance is that of E. DeLong, D. DeLong and D. Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating
/// characteristic curves" (1988), computed from midranks (Sun and Xu 2014). Champion and candidate answered different requests, so that
/// their estimates are independent and the variance of the difference is the sum.
/// </remarks>
internal readonly record struct AucEstimate(double Value, double Variance)
{
    /// <summary>Null unless both classes occur at least twice.</summary>
    public static AucEstimate? Of(LabelledScores sample)
    {
        var positives = Pick(sample, 1);
        var negatives = Pick(sample, 0);
        if (positives.Length < 2 || negatives.Length < 2)
        {
            return null;
        }

        // For each positive the share of negatives below it, and for each negative the share of positives above it.
        var ofPositives = Array.ConvertAll(positives, score => Below(negatives, score) / negatives.Length);
        var ofNegatives = Array.ConvertAll(negatives, score => 1 - Below(positives, score) / positives.Length);
        return new AucEstimate(ofPositives.Average(), Variance(ofPositives) / positives.Length + Variance(ofNegatives) / negatives.Length);

        static double Variance(double[] values)
        {
            var mean = values.Average();
            return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        }
    }

    private static double[] Pick(LabelledScores sample, int label)
    {
        var scores = sample.Scores.Where((_, index) => sample.Labels[index] == label).ToArray();
        Array.Sort(scores);
        return scores;
    }

    // Number of sorted values below the score, ties counting half.
    private static double Below(double[] sorted, double score) => (Bound(sorted, score, closed: false) + Bound(sorted, score, closed: true)) / 2.0;

    private static int Bound(double[] sorted, double score, bool closed)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < score || closed && sorted[middle] == score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
