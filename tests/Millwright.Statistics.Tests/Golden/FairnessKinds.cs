using System.Globalization;
using Millwright.Statistics.Fairness;
using Millwright.Testing.Stats;

namespace Millwright.Statistics.Tests.Golden;

internal static class FairnessKinds
{
    private static readonly Dictionary<string, RowMetric> Metrics = new()
    {
        ["accuracy"] = GroupRates.Accuracy,
        ["precision"] = GroupRates.Precision,
        ["recall"] = GroupRates.TruePositiveRate,
        ["f1"] = GroupRates.F1,
        ["selection_rate"] = GroupRates.SelectionRate,
        ["true_positive_rate"] = GroupRates.TruePositiveRate,
        ["false_positive_rate"] = GroupRates.FalsePositiveRate,
        ["true_negative_rate"] = GroupRates.TrueNegativeRate,
        ["false_negative_rate"] = GroupRates.FalseNegativeRate,
        ["balanced_accuracy"] = GroupRates.BalancedAccuracy,
        ["count"] = GroupRates.Count,
        ["mean_prediction"] = GroupRates.MeanPrediction,
        ["mean_squared_error"] = GroupRates.MeanSquaredError,
        ["mean_absolute_error"] = GroupRates.MeanAbsoluteError,
    };

    private static readonly Comparer<string> AsNumbers = Comparer<string>.Create((x, y) =>
        double.TryParse(x, CultureInfo.InvariantCulture, out var a) && double.TryParse(y, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(x, y));

    internal static Dictionary<string, Func<StatsCase, object?>> All => new() { ["fairness_metric"] = Named, ["metric_frame"] = Frame };

    private static object Named(StatsCase golden)
    {
        var groups = Groups(golden, "sensitive")!;
        var (truth, predicted, weights) = Columns(golden);
        var against = golden.Text("method") == "to_overall" ? Against.Overall : Against.BetweenGroups;
        var aggregate = golden.Text("agg") == "mean" ? OddsAggregate.Mean : OddsAggregate.WorstCase;
        var value = golden.Text("metric") switch
        {
            "demographic_parity_difference" => FairnessMetrics.DemographicParityDifference(truth, predicted, groups.OfRow, groups.Count, against, weights),
            "demographic_parity_ratio" => FairnessMetrics.DemographicParityRatio(truth, predicted, groups.OfRow, groups.Count, against, weights),
            "equalized_odds_difference" => FairnessMetrics.EqualizedOddsDifference(truth, predicted, groups.OfRow, groups.Count, against, aggregate, weights),
            "equalized_odds_ratio" => FairnessMetrics.EqualizedOddsRatio(truth, predicted, groups.OfRow, groups.Count, against, aggregate, weights),
            "equal_opportunity_difference" => FairnessMetrics.EqualOpportunityDifference(truth, predicted, groups.OfRow, groups.Count, against, weights),
            "equal_opportunity_ratio" => FairnessMetrics.EqualOpportunityRatio(truth, predicted, groups.OfRow, groups.Count, against, weights),
            var unknown => throw new NotSupportedException(unknown),
        };
        return new Dictionary<string, object?> { ["value"] = value };
    }

    private static object Frame(StatsCase golden)
    {
        var names = golden.Parameters.GetProperty("metrics").EnumerateArray().Select(name => name.GetString()!).ToArray();
        var sensitive = Groups(golden, "sensitive")!;
        var control = Groups(golden, "control");
        var (truth, predicted, weights) = Columns(golden);
        var levels = new List<(IReadOnlyList<string> Label, Dictionary<string, MetricFrame> Frames)>();
        for (var level = 0; level < (control?.Count ?? 1); level++)
        {
            bool Belongs(int row) => control is null || control.OfRow[row] == level;
            T[] Pick<T>(T[] values) => values.Length == 0 ? values : [.. values.Where((_, row) => Belongs(row))];
            levels.Add((control?.Labels[level] ?? [], names.ToDictionary(
                name => name, name => MetricFrame.Of(Metrics[name], Pick(truth), Pick(predicted), Pick(sensitive.OfRow), sensitive.Count, Pick(weights)))));
        }

        object Rows(Func<MetricFrame, double> value) => control is null
            ? names.ToDictionary(name => name, name => (object?)value(levels[0].Frames[name]))
            : levels.Select(level => Row(level.Label, name => value(level.Frames[name])));
        Dictionary<string, object?> Row(IEnumerable<string> group, Func<string, double> value)
        {
            var row = names.ToDictionary(name => name, name => (object?)value(name));
            row["group"] = group;
            return row;
        }

        return new Dictionary<string, object?>
        {
            ["overall"] = Rows(frame => frame.Overall),
            ["by_group"] = levels.SelectMany(level => sensitive.Labels.Select((label, group) => Row([.. level.Label, .. label], name => level.Frames[name].ByGroup[group]))),
            ["group_min"] = Rows(frame => frame.Minimum),
            ["group_max"] = Rows(frame => frame.Maximum),
            ["difference_between_groups"] = Rows(frame => frame.Difference()),
            ["difference_to_overall"] = Rows(frame => frame.Difference(Against.Overall)),
            ["ratio_between_groups"] = Rows(frame => frame.Ratio()),
            ["ratio_to_overall"] = Rows(frame => frame.Ratio(Against.Overall)),
        };
    }

    private static GroupIndex? Groups(StatsCase golden, string input) =>
        golden.Has(input) ? GroupIndex.Cross([.. golden.Table(input).Select(feature => (IReadOnlyList<string?>)feature.Column.Texts)], AsNumbers) : null;

    private static (double[] Truth, double[] Predicted, double[] Weights) Columns(StatsCase golden) =>
        (golden.Column("y_true").Numbers, golden.Column("y_pred").Numbers, golden.Has("sample_weight") ? golden.Column("sample_weight").Numbers : []);
}
