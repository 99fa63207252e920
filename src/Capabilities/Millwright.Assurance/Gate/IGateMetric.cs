using Millwright.Statistics.Comparison;
using Millwright.Statistics.Intervals;

namespace Millwright.Assurance.Gate;

/// <summary>A metric that a gate can hold a model to: more is better, and its uncertainty is known.</summary>
internal interface IGateMetric
{
    /// <summary>As in the rules.</summary>
    string Name { get; }

    /// <summary>Why it is not defined on these labels, or null.</summary>
    string? FindObstacle(ReadOnlySpan<bool> labels);

    /// <summary>Measures one model.</summary>
    Estimate Measure(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, double alpha);

    /// <summary>Compares two models on the same rows: candidate − champion.</summary>
    (Estimate Difference, double PValue) Compare(ReadOnlySpan<bool> labels, ReadOnlySpan<double> champion, ReadOnlySpan<double> candidate, double alpha);
}

/// <summary>Area under the ROC curve; intervals and the paired test are DeLong's.</summary>
internal sealed class RocAucMetric : IGateMetric
{
    public string Name => "roc_auc";

    public string? FindObstacle(ReadOnlySpan<bool> labels)
    {
        var positives = labels.Count(true);
        return positives < 2 || labels.Length - positives < 2
            ? $"there are {positives} positive and {labels.Length - positives} negative rows, but roc_auc needs at least 2 of each."
            : null;
    }

    public Estimate Measure(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, double alpha)
    {
        var auc = DeLong.Estimate(labels, scores, alpha);
        return new Estimate(auc.Auc, auc.Low, auc.High);
    }

    public (Estimate Difference, double PValue) Compare(ReadOnlySpan<bool> labels, ReadOnlySpan<double> champion, ReadOnlySpan<double> candidate, double alpha)
    {
        var test = DeLong.Compare(labels, champion, candidate, alpha);
        return (new Estimate(test.Difference, test.Low, test.High), test.PValue);
    }
}

/// <summary>Share of right predictions at the score 0.5; Wilson's interval, the paired test is McNemar's.</summary>
internal sealed class AccuracyMetric : IGateMetric
{
    private const double Threshold = 0.5;

    public string Name => "accuracy";

    public string? FindObstacle(ReadOnlySpan<bool> labels) => labels.IsEmpty ? "there are no rows." : null;

    public Estimate Measure(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, double alpha)
    {
        var right = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            right += IsRight(labels[row], scores[row]) ? 1 : 0;
        }

        var interval = ProportionInterval.Wilson(right, labels.Length, alpha);
        return new Estimate((double)right / labels.Length, interval.Low, interval.High);
    }

    public (Estimate Difference, double PValue) Compare(ReadOnlySpan<bool> labels, ReadOnlySpan<double> champion, ReadOnlySpan<double> candidate, double alpha)
    {
        int onlyChampion = 0, onlyCandidate = 0, n = labels.Length;
        for (var row = 0; row < n; row++)
        {
            var (was, now) = (IsRight(labels[row], champion[row]), IsRight(labels[row], candidate[row]));
            onlyChampion += was && !now ? 1 : 0;
            onlyCandidate += now && !was ? 1 : 0;
        }

        // The paired difference's normal interval: only rows on which the two disagree vary.
        var difference = (double)(onlyCandidate - onlyChampion) / n;
        var variance = ((double)onlyCandidate + onlyChampion) / n - difference * difference;
        var half = Statistics.Distributions.Normal.Critical(alpha) * Math.Sqrt(Math.Max(0, variance) / n);
        return (new Estimate(difference, difference - half, difference + half), McNemar.Exact(onlyChampion, onlyCandidate).PValue);
    }

    private static bool IsRight(bool label, double score) => score >= Threshold == label;
}
