namespace Millwright.Statistics.Fairness;

/// <summary>How the gaps in true and false positive rate become one number.</summary>
public enum OddsAggregate
{
    /// <summary>The larger difference (the smaller ratio).</summary>
    WorstCase,

    /// <summary>Their mean.</summary>
    Mean,
}

/// <summary>Named fairness measures of 0/1 labels and predictions over groups. A rate with an empty denominator counts as 0.</summary>
public static class FairnessMetrics
{
    /// <summary>Difference in selection rate; 0 = demographic parity.</summary>
    public static double DemographicParityDifference(
        ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<int> groups, int groupCount, Against against = Against.BetweenGroups, ReadOnlySpan<double> weights = default) =>
        MetricFrame.Of(GroupRates.SelectionRate, truth, predicted, groups, groupCount, weights).Difference(against);

    /// <summary>Ratio of selection rates; 1 = demographic parity.</summary>
    public static double DemographicParityRatio(
        ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<int> groups, int groupCount, Against against = Against.BetweenGroups, ReadOnlySpan<double> weights = default) =>
        MetricFrame.Of(GroupRates.SelectionRate, truth, predicted, groups, groupCount, weights).Ratio(against);

    /// <summary>Differences in true and false positive rate, together; 0 = equalized odds.</summary>
    public static double EqualizedOddsDifference(
        ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<int> groups, int groupCount,
        Against against = Against.BetweenGroups, OddsAggregate aggregate = OddsAggregate.WorstCase, ReadOnlySpan<double> weights = default)
    {
        var tpr = MetricFrame.Of(GroupRates.TruePositiveRate, truth, predicted, groups, groupCount, weights).Difference(against);
        var fpr = MetricFrame.Of(GroupRates.FalsePositiveRate, truth, predicted, groups, groupCount, weights).Difference(against);
        return aggregate == OddsAggregate.Mean ? Mean(tpr, fpr) : Math.Max(tpr, fpr);
    }

    /// <summary>Ratios of true and false positive rates, together; 1 = equalized odds. An undefined ratio (0 ÷ 0) takes no part.</summary>
    public static double EqualizedOddsRatio(
        ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<int> groups, int groupCount,
        Against against = Against.BetweenGroups, OddsAggregate aggregate = OddsAggregate.WorstCase, ReadOnlySpan<double> weights = default)
    {
        var tpr = MetricFrame.Of(GroupRates.TruePositiveRate, truth, predicted, groups, groupCount, weights).Ratio(against);
        var fpr = MetricFrame.Of(GroupRates.FalsePositiveRate, truth, predicted, groups, groupCount, weights).Ratio(against);
        return aggregate == OddsAggregate.Mean ? Mean(tpr, fpr) : double.IsNaN(tpr) ? fpr : double.IsNaN(fpr) ? tpr : Math.Min(tpr, fpr);
    }

    /// <summary>Difference in true positive rate; 0 = equal opportunity.</summary>
    public static double EqualOpportunityDifference(
        ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<int> groups, int groupCount, Against against = Against.BetweenGroups, ReadOnlySpan<double> weights = default) =>
        MetricFrame.Of(GroupRates.TruePositiveRate, truth, predicted, groups, groupCount, weights).Difference(against);

    /// <summary>Ratio of true positive rates; 1 = equal opportunity.</summary>
    public static double EqualOpportunityRatio(
        ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<int> groups, int groupCount, Against against = Against.BetweenGroups, ReadOnlySpan<double> weights = default) =>
        MetricFrame.Of(GroupRates.TruePositiveRate, truth, predicted, groups, groupCount, weights).Ratio(against);

    private static double Mean(double first, double second) =>
        double.IsNaN(first) ? second : double.IsNaN(second) ? first : (first + second) / 2;
}
