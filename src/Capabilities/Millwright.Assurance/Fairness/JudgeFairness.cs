using Millwright.Statistics.Intervals;

namespace Millwright.Assurance.Fairness;

/// <summary>The decision about groups: a pure function of what was counted and of the rules.</summary>
public static class JudgeFairness
{
    /// <summary>Judges one sensitive feature.</summary>
    /// <param name="feature">Its column.</param>
    /// <param name="groups">At least one group.</param>
    /// <param name="rules">Limits.</param>
    public static FeatureFairness Judge(string feature, IReadOnlyList<GroupCounts> groups, FairnessRules rules)
    {
        // One interval per pair of groups: the gap is the largest of them, so all must hold at once.
        var alpha = rules.Alpha / Math.Max(1, groups.Count * (groups.Count - 1) / 2);
        var parity = Gap("selection_rate", groups, group => (group.Selected, group.Rows), rules.DemographicParityDifference, alpha);
        var opportunity = Gap("true_positive_rate", groups, group => (group.TruePositives, group.Positives), rules.EqualizedOddsDifference, alpha);
        var alarms = Gap("false_positive_rate", groups, group => (group.FalsePositives, group.Negatives), rules.EqualizedOddsDifference, alpha);
        var odds = Worse(opportunity, alarms);
        var warnings = Warnings(feature, groups, rules);
        var verdict = Combine([parity.Verdict, odds.Verdict]);
        return new FeatureFairness(
            feature,
            verdict == Verdict.Pass && warnings.Count > 0 ? Verdict.Inconclusive : verdict,
            parity,
            odds,
            [.. groups.Select(group => Describe(group, rules))],
            warnings);
    }

    /// <summary>The worst of several verdicts; nothing checked is inconclusive.</summary>
    public static Verdict Combine(IReadOnlyCollection<Verdict> verdicts) => verdicts switch
    {
        _ when verdicts.Contains(Verdict.Fail) => Verdict.Fail,
        { Count: 0 } => Verdict.Inconclusive,
        _ when verdicts.Contains(Verdict.Inconclusive) => Verdict.Inconclusive,
        _ => Verdict.Pass,
    };

    private static RateGap Gap(string rate, IReadOnlyList<GroupCounts> groups, Func<GroupCounts, (int Part, int Whole)> count, double limit, double alpha)
    {
        var ranked = groups.Where(group => count(group).Whole > 0).OrderBy(group => (double)count(group).Part / count(group).Whole).ToArray();
        if (ranked.Length < 2 || ranked.Length < groups.Count)
        {
            return new RateGap(Verdict.Inconclusive, double.NaN, double.NaN, double.NaN, limit, rate, null, null);
        }

        var ((lowPart, lowWhole), (highPart, highWhole)) = (count(ranked[0]), count(ranked[^1]));
        var value = (double)highPart / highWhole - (double)lowPart / lowWhole;
        var interval = ProportionInterval.Newcombe(lowPart, lowWhole, highPart, highWhole, alpha);
        var low = Math.Max(0, interval.Low);
        var verdict = value <= limit ? Verdict.Pass : low > limit ? Verdict.Fail : Verdict.Inconclusive;
        return new RateGap(verdict, value, low, interval.High, limit, rate, ranked[^1].Group, ranked[0].Group);
    }

    private static RateGap Worse(RateGap first, RateGap second) => (first, second) switch
    {
        _ when first.Verdict == Verdict.Fail != (second.Verdict == Verdict.Fail) => first.Verdict == Verdict.Fail ? first : second,
        // What could not be computed must not hide behind what could.
        _ when double.IsNaN(first.Value) => first,
        _ when double.IsNaN(second.Value) => second,
        _ => first.Value >= second.Value ? first : second,
    };

    private static List<string> Warnings(string feature, IReadOnlyList<GroupCounts> groups, FairnessRules rules)
    {
        var warnings = new List<string>();
        if (groups.Count < 2)
        {
            warnings.Add($"{feature} has {groups.Count} group: there is nothing to compare.");
        }

        foreach (var group in groups)
        {
            if (group.Rows < rules.MinGroup)
            {
                warnings.Add($"{feature}={group.Group} has {group.Rows} rows, fewer than {rules.MinGroup}: its rates are too uncertain.");
            }

            if (group.Positives == 0 || group.Negatives == 0)
            {
                warnings.Add($"{feature}={group.Group} has no {(group.Positives == 0 ? "positive" : "negative")} rows: equalized odds are not defined.");
            }
        }

        return warnings;
    }

    private static GroupFairness Describe(GroupCounts group, FairnessRules rules) => new(
        group.Group,
        group.Rows,
        GroupCounts.Share(group.Selected, group.Rows, rules.Alpha),
        GroupCounts.Share(group.TruePositives, group.Positives, rules.Alpha),
        GroupCounts.Share(group.FalsePositives, group.Negatives, rules.Alpha),
        group.Rows < rules.MinGroup);
}
