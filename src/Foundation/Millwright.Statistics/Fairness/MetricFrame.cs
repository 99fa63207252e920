using Millwright.Statistics.Metrics;

namespace Millwright.Statistics.Fairness;

/// <summary>What groups are compared with.</summary>
public enum Against
{
    /// <summary>The largest with the smallest group.</summary>
    BetweenGroups,

    /// <summary>Every group with all rows together.</summary>
    Overall,
}

/// <summary>A metric of labels, predictions and weights (as many of each; weights empty for 1).</summary>
public delegate double RowMetric(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights);

/// <summary>A metric overall and per group; groups without rows are NaN and take no part in minima, maxima, differences and ratios.</summary>
/// <param name="Overall">Over all rows.</param>
/// <param name="ByGroup">Per group.</param>
public sealed record MetricFrame(double Overall, double[] ByGroup)
{
    /// <summary>Computes a metric per group.</summary>
    /// <param name="metric">The metric; it never sees an empty group.</param>
    /// <param name="truth">Label per row.</param>
    /// <param name="predicted">Prediction per row.</param>
    /// <param name="groups">Group per row, 0 to <paramref name="groupCount"/> − 1.</param>
    /// <param name="groupCount">Number of groups.</param>
    /// <param name="weights">Weight per row, or empty.</param>
    /// <exception cref="ArgumentException">Lengths differ or there are no rows.</exception>
    public static MetricFrame Of(
        RowMetric metric,
        ReadOnlySpan<double> truth,
        ReadOnlySpan<double> predicted,
        ReadOnlySpan<int> groups,
        int groupCount,
        ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        Rows.Check(truth.Length, predicted.Length, weights.Length);
        Rows.Check(truth.Length, groups.Length, 0);
        var byGroup = new double[groupCount];
        for (var group = 0; group < groupCount; group++)
        {
            var size = groups.Count(group);
            if (size == 0)
            {
                byGroup[group] = double.NaN;
                continue;
            }

            var (t, p, w) = (new double[size], new double[size], new double[weights.IsEmpty ? 0 : size]);
            var next = 0;
            for (var row = 0; row < groups.Length; row++)
            {
                if (groups[row] == group)
                {
                    (t[next], p[next]) = (truth[row], predicted[row]);
                    if (w.Length > 0)
                    {
                        w[next] = weights[row];
                    }

                    next++;
                }
            }

            byGroup[group] = metric(t, p, w);
        }

        return new MetricFrame(metric(truth, predicted, weights), byGroup);
    }

    /// <summary>The smallest group value.</summary>
    public double Minimum => Fold(ByGroup, Math.Min);

    /// <summary>The largest group value.</summary>
    public double Maximum => Fold(ByGroup, Math.Max);

    /// <summary>Largest − smallest group, or the largest distance of a group from all rows; at least 0.</summary>
    public double Difference(Against against = Against.BetweenGroups) => against == Against.BetweenGroups
        ? Maximum - Minimum
        : Fold(ByGroup.Select(value => Math.Abs(value - Overall)), Math.Max);

    /// <summary>Smallest ÷ largest group, or the smallest ratio (or its inverse, below 1) of a group to all rows; 1 = equal, NaN for 0 ÷ 0.</summary>
    public double Ratio(Against against = Against.BetweenGroups) => against == Against.BetweenGroups
        ? Minimum / Maximum
        : Fold(ByGroup.Select(value => value / Overall is var ratio && ratio > 1 ? 1 / ratio : ratio), Math.Min);

    private static double Fold(IEnumerable<double> values, Func<double, double, double> choose)
    {
        var result = double.NaN;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                result = double.IsNaN(result) ? value : choose(result, value);
            }
        }

        return result;
    }
}
