using System.Runtime.InteropServices;
using Millwright.Abstractions.Monitoring;
using Millwright.Statistics.Comparison;
using Millwright.Statistics.Distributions;
using Millwright.Statistics.TwoSample;

namespace Millwright.Delivery.Judge;

/// <summary>Whether the candidate predicts as well as the champion: by labels where they came, by the shape of its scores where not.</summary>
internal static class ModelChecks
{
    // Below this p-value chance does not explain the distance of two score distributions; rollouts look many times, so it is small.
    private const double Significance = 1e-4;
    private const int SmallestSample = 50;

    public static IEnumerable<CanaryCheck> Run(CanaryRules rules, CanaryEvidence seen)
    {
        if (seen.Champion is null)
        {
            yield break;
        }

        if (RocAuc(rules, seen) is { } labelled)
        {
            yield return labelled;
            yield break;
        }

        if (rules.RequireLabels)
        {
            yield return new CanaryCheck(
                "roc_auc", CanaryOutcome.Inconclusive,
                $"labels for {seen.CandidateLabels.Labels.Count} of the candidate's and {seen.ChampionLabels.Labels.Count} of the champion's predictions, at least {rules.MinimumLabels} each are needed",
                null, -rules.MaxAucLoss);
        }

        if (ScoreShift(rules, seen) is { } shift)
        {
            yield return shift;
        }
    }

    private static CanaryCheck? RocAuc(CanaryRules rules, CanaryEvidence seen)
    {
        if (Math.Min(seen.CandidateLabels.Labels.Count, seen.ChampionLabels.Labels.Count) < rules.MinimumLabels
            || Auc(seen.CandidateLabels) is not { } candidate
            || Auc(seen.ChampionLabels) is not { } champion)
        {
            return null;
        }

        // The two answered different requests, so that their estimates are independent and the variances add up.
        var difference = candidate.Auc - champion.Auc;
        var half = Normal.Critical(0.05) * Math.Sqrt(candidate.Variance + champion.Variance);
        var outcome = difference + half < 0 && difference < -rules.MaxAucLoss ? CanaryOutcome.Fail
            : difference - half > -rules.MaxAucLoss ? CanaryOutcome.Pass
            : CanaryOutcome.Inconclusive;
        return new CanaryCheck(
            "roc_auc", outcome,
            $"ROC AUC {candidate.Auc:0.000} against the champion's {champion.Auc:0.000}: difference {difference:+0.000;-0.000} [{difference - half:+0.000;-0.000}, {difference + half:+0.000;-0.000}], at most {rules.MaxAucLoss:0.000} lost",
            difference, -rules.MaxAucLoss)
        {
            Low = difference - half, High = difference + half, IsRequired = rules.RequireLabels,
        };
    }

    private static AucEstimate? Auc(LabelledScores sample)
    {
        var positives = sample.Labels.Count(label => label == 1);
        return positives < 2 || sample.Labels.Count - positives < 2 || sample.Scores.Any(double.IsNaN)
            ? null
            : DeLong.Estimate([.. sample.Labels.Select(label => label == 1)], [.. sample.Scores]);
    }

    private static CanaryCheck? ScoreShift(CanaryRules rules, CanaryEvidence seen)
    {
        var (own, other) = (Numbers(seen.CandidateScores), Numbers(seen.ChampionScores));
        if (own.Count < SmallestSample || other.Count < SmallestSample)
        {
            return null;
        }

        var test = KolmogorovSmirnov.Test(CollectionsMarshal.AsSpan(own), CollectionsMarshal.AsSpan(other), method: KolmogorovSmirnovMethod.Asymptotic);
        var failed = test.Statistic > rules.MaxScoreShift && test.PValue < Significance;
        return new CanaryCheck(
            "score_shift", failed ? CanaryOutcome.Fail : CanaryOutcome.Pass,
            $"scores are {test.Statistic:0.00} away from the champion's (Kolmogorov-Smirnov D of {own.Count} and {other.Count} predictions, at most {rules.MaxScoreShift:0.00})",
            test.Statistic, rules.MaxScoreShift);
    }

    private static List<double> Numbers(IReadOnlyList<double> scores) => [.. scores.Where(double.IsFinite)];
}
