using System.Text.Json;
using Millwright.Statistics.Metrics;
using Millwright.Testing.Stats;

namespace Millwright.Statistics.Tests.Golden;

internal static class RegressionKinds
{
    private delegate double Metric(double[] truth, double[] predicted, double[] weights);

    internal static Dictionary<string, Func<StatsCase, object?>> Metrics => new()
    {
        ["mean_squared_error"] = golden => Each(golden, (t, p, w) => RegressionMetrics.MeanSquaredError(t, p, w) is var mse && golden.Flag("squared", true) ? mse : Math.Sqrt(mse)),
        ["mean_absolute_error"] = golden => Each(golden, (t, p, w) => RegressionMetrics.MeanAbsoluteError(t, p, w)),
        ["mean_absolute_percentage_error"] = golden => Each(golden, (t, p, w) => RegressionMetrics.MeanAbsolutePercentageError(t, p, w)),
        ["mean_squared_log_error"] = golden => Each(golden, (t, p, w) => RegressionMetrics.MeanSquaredLogError(t, p, w)),
        ["mean_pinball_loss"] = golden => Each(golden, (t, p, w) => RegressionMetrics.MeanPinballLoss(t, p, golden.Number("alpha", 0.5), w)),
        ["median_absolute_error"] = golden => Each(golden, (t, p, w) => RegressionMetrics.MedianAbsoluteError(t, p, w)),
        ["max_error"] = golden => Each(golden, (t, p, _) => RegressionMetrics.MaxError(t, p)),
        ["r2_score"] = golden => Each(golden, (t, p, w) => RegressionMetrics.R2(t, p, w, golden.Flag("force_finite", true))),
        ["explained_variance_score"] = golden => Each(golden, (t, p, w) => RegressionMetrics.ExplainedVariance(t, p, w)),
        ["mean_tweedie_deviance"] = golden => Each(golden, (t, p, w) => RegressionMetrics.MeanTweedieDeviance(t, p, golden.Number("power"), w)),
        ["d2_tweedie_score"] = golden => Each(golden, (t, p, w) => RegressionMetrics.D2Tweedie(t, p, golden.Number("power"), w)),
        ["d2_pinball_score"] = golden => Each(golden, (t, p, w) => RegressionMetrics.D2Pinball(t, p, golden.Number("alpha", 0.5), w)),
        ["d2_absolute_error_score"] = golden => Each(golden, (t, p, w) => RegressionMetrics.D2Pinball(t, p, 0.5, w)),
    };

    // Several outputs are one question each.
    private static object? Each(StatsCase golden, Metric metric)
    {
        var weights = golden.Has("sample_weight") ? golden.Column("sample_weight").Numbers : [];
        var values = Columns(golden.Inputs.GetProperty("y_true")).Zip(Columns(golden.Inputs.GetProperty("y_pred")), (t, p) => metric(t, p, weights)).ToArray();
        return golden.Text("multioutput") switch
        {
            "raw_values" => values,
            "uniform_average" => values.Average(),
            _ => values.Single(),
        };
    }

    private static IEnumerable<double[]> Columns(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0 && json[0].ValueKind == JsonValueKind.Array
            ? Enumerable.Range(0, json[0].GetArrayLength()).Select(column => json.EnumerateArray().Select(row => row[column].GetDouble()).ToArray())
            : [StatsColumn.Read(json).Numbers];
}
