using System.Globalization;
using System.Text.Json;
using Millwright.Statistics.Metrics;
using Millwright.Testing.Stats;

namespace Millwright.Statistics.Tests.Golden;

internal static class MetricKinds
{
    private static readonly Dictionary<string, Func<StatsCase, object?>> Metrics = new()
    {
        ["accuracy_score"] = golden => Labels.Of(golden).Matrix.Accuracy,
        ["zero_one_loss"] = golden => 1 - Labels.Of(golden).Matrix.Accuracy,
        ["hamming_loss"] = golden => 1 - Labels.Of(golden).Matrix.Accuracy,
        ["balanced_accuracy_score"] = golden => Labels.Of(golden).Matrix.BalancedAccuracy(golden.Flag("adjusted")),
        ["matthews_corrcoef"] = golden => Labels.Of(golden).Matrix.MatthewsCorrelation,
        ["cohen_kappa_score"] = golden => Labels.Of(golden).Matrix.CohenKappa(
            golden.Text("weights") switch { "linear" => KappaWeights.Linear, "quadratic" => KappaWeights.Quadratic, _ => KappaWeights.None }),
        ["confusion_matrix"] = Confusion,
        ["precision_score"] = golden => PerClass(golden, ClassScore.Precision),
        ["recall_score"] = golden => PerClass(golden, ClassScore.Recall),
        ["f1_score"] = golden => PerClass(golden, ClassScore.F1),
        ["jaccard_score"] = golden => PerClass(golden, ClassScore.Jaccard),
        ["fbeta_score"] = golden => PerClass(golden, ClassScore.FBeta(golden.Number("beta"))),
        ["roc_auc_score"] = golden => golden.Text("multi_class") is null
            ? golden.Number("max_fpr") is var limit && double.IsNaN(limit)
                ? RocAuc.Of(Positive(golden), Scores(golden), Weights(golden))
                : RocAuc.Partial(Positive(golden), Scores(golden), limit, Weights(golden))
            : MultiClassAuc(golden),
        ["average_precision_score"] = golden => PrecisionRecallCurve.Of(Positive(golden), Scores(golden), Weights(golden)).AveragePrecision,
        ["brier_score_loss"] = golden => ProbabilityScores.Brier(Positive(golden), Scores(golden), Weights(golden)),
        ["log_loss"] = golden => LogLoss(golden),
        ["top_k_accuracy_score"] = TopK,
    };

    internal static Dictionary<string, Func<StatsCase, object?>> All => new()
    {
        ["metric"] = golden => (Metrics.GetValueOrDefault(golden.Text("metric")!) ?? RegressionKinds.Metrics.GetValueOrDefault(golden.Text("metric")!)) is { } metric
            ? new Dictionary<string, object?> { ["value"] = metric(golden) }
            : throw new NotSupportedException($"the metric '{golden.Text("metric")}' is neither supported nor listed in pending.md"),
        ["roc_curve"] = Roc,
        ["precision_recall_curve"] = PrecisionRecall,
        ["calibration_curve"] = Calibrated,
        ["calibration_error"] = golden => CalibrationCurve.Error(Positive(golden), Scores(golden), (int)golden.Number("n_bins")) is var error
            ? new Dictionary<string, object?> { ["ece"] = error.Expected, ["mce"] = error.Maximum }
            : null,
        ["classification_report"] = Report,
    };

    private static object? Confusion(StatsCase golden)
    {
        var matrix = Labels.Of(golden).Matrix;
        var counts = golden.Text("normalize") switch
        {
            "true" => matrix.Normalised(Normalisation.True),
            "pred" => matrix.Normalised(Normalisation.Predicted),
            "all" => matrix.Normalised(Normalisation.All),
            _ => matrix.Counts.ToArray(),
        };
        return counts.Chunk(matrix.Classes);
    }

    private static object? PerClass(StatsCase golden, ClassScore score)
    {
        var labels = Labels.Of(golden);
        var undefined = golden.Number("zero_division", 0);
        int[]? classes = golden.Parameters.TryGetProperty("labels", out var chosen) ? [.. chosen.EnumerateArray().Select(labels.CodeOf)] : null;
        return (golden.Parameters.TryGetProperty("average", out var average), average.ValueKind == JsonValueKind.String ? average.GetString() : null) switch
        {
            (true, null) => Enumerable.Range(0, labels.Matrix.Classes).Select(k => score.Of(labels.Matrix, k, undefined)),
            (true, "micro") => score.Of(labels.Matrix, Averaging.Micro, classes, undefined),
            (true, "macro") => score.Of(labels.Matrix, Averaging.Macro, classes, undefined),
            (true, "weighted") => score.Of(labels.Matrix, Averaging.Weighted, classes, undefined),
            _ => labels.CodeOf(golden.Parameters.TryGetProperty("pos_label", out var positive) ? positive : JsonSerializer.SerializeToElement(1)) is var k && k >= 0
                ? score.Of(labels.Matrix, k, undefined)
                : undefined,
        };
    }

    private static double LogLoss(StatsCase golden)
    {
        var total = !golden.Flag("normalize", true);
        var scores = golden.Inputs.GetProperty("y_score");
        if (scores.ValueKind == JsonValueKind.Array && scores[0].ValueKind == JsonValueKind.Array)
        {
            var truth = golden.Column("y_true").Numbers.Select(value => (int)value).ToArray();
            var rows = scores.EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetDouble())).ToArray();
            return ProbabilityScores.LogLoss(truth, rows, scores[0].GetArrayLength(), Weights(golden), total);
        }

        var positive = Positive(golden);
        // What the tool calls an error is a question it asks before: are all classes known?
        return golden.Parameters.TryGetProperty("labels", out _) || positive.Distinct().Count() == 2
            ? ProbabilityScores.LogLoss(positive, Scores(golden), Weights(golden), total)
            : throw new ArgumentException("Only one class occurs and the classes are not given.");
    }

    private static double MultiClassAuc(StatsCase golden)
    {
        var (truth, scores, classes) = MultiClass(golden);
        return RocAuc.MultiClass(
            truth, scores, classes, golden.Text("multi_class") == "ovo" ? Pairing.OneVersusOne : Pairing.OneVersusRest, golden.Text("average") == "weighted");
    }

    private static object? TopK(StatsCase golden)
    {
        var k = (int)golden.Number("k");
        if (golden.Inputs.GetProperty("y_score") is { ValueKind: JsonValueKind.Array } scores && scores[0].ValueKind == JsonValueKind.Array)
        {
            var (truth, rows, classes) = MultiClass(golden);
            return ClassRanking.TopAccuracy(truth, rows, classes, k, Weights(golden));
        }

        var binary = golden.Column("y_true").Numbers.Select(value => (int)value).ToArray();
        return ClassRanking.TopAccuracy(binary, Scores(golden).SelectMany(score => new[] { 1 - score, score }).ToArray(), 2, k, Weights(golden));
    }

    private static (int[] Truth, double[] Scores, int Classes) MultiClass(StatsCase golden)
    {
        var scores = golden.Inputs.GetProperty("y_score");
        return (
            [.. golden.Column("y_true").Numbers.Select(value => (int)value)],
            [.. scores.EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetDouble()))],
            scores[0].GetArrayLength());
    }

    private static object Roc(StatsCase golden)
    {
        var curve = RocCurve.Of(Positive(golden), Scores(golden), Weights(golden), golden.Flag("drop_intermediate", true));
        return new Dictionary<string, object?> { ["fpr"] = curve.FalsePositiveRates, ["tpr"] = curve.TruePositiveRates, ["thresholds"] = curve.Thresholds };
    }

    private static object PrecisionRecall(StatsCase golden)
    {
        var curve = PrecisionRecallCurve.Of(Positive(golden), Scores(golden), Weights(golden));
        return new Dictionary<string, object?> { ["precision"] = curve.Precision, ["recall"] = curve.Recall, ["thresholds"] = curve.Thresholds };
    }

    private static object Calibrated(StatsCase golden)
    {
        var strategy = golden.Text("strategy") == "quantile" ? CalibrationBins.Quantile : CalibrationBins.Uniform;
        var curve = CalibrationCurve.Of(Positive(golden), Scores(golden), (int)golden.Number("n_bins"), strategy);
        return new Dictionary<string, object?> { ["fraction_positive"] = curve.FractionPositive, ["mean_predicted"] = curve.MeanPredicted };
    }

    private static object Report(StatsCase golden)
    {
        var labels = Labels.Of(golden);
        var undefined = golden.Number("zero_division", 0);
        Dictionary<string, object?> Row(Func<ClassScore, double> score, double support) => new()
        {
            ["precision"] = score(ClassScore.Precision),
            ["recall"] = score(ClassScore.Recall),
            ["f1-score"] = score(ClassScore.F1),
            ["support"] = support,
        };
        var report = Enumerable.Range(0, labels.Matrix.Classes).ToDictionary(
            k => labels.Names[k], k => (object?)Row(score => score.Of(labels.Matrix, k, undefined), labels.Matrix.Support(k)));
        report["accuracy"] = labels.Matrix.Accuracy;
        report["macro avg"] = Row(score => score.Of(labels.Matrix, Averaging.Macro, null, undefined), labels.Matrix.Total);
        report["weighted avg"] = Row(score => score.Of(labels.Matrix, Averaging.Weighted, null, undefined), labels.Matrix.Total);
        return new Dictionary<string, object?> { ["report"] = report };
    }

    private static bool[] Positive(StatsCase golden) => [.. golden.Column("y_true").Numbers.Select(label => label == 1)];

    private static double[] Scores(StatsCase golden) => golden.Column("y_score").Numbers;

    private static double[] Weights(StatsCase golden) => golden.Has("sample_weight") ? golden.Column("sample_weight").Numbers : [];

    /// <summary>Labels of any type as class codes in the tool's order.</summary>
    private sealed record Labels(IReadOnlyList<string> Names, ConfusionMatrix Matrix)
    {
        internal static Labels Of(StatsCase golden)
        {
            var (truth, predicted) = (golden.Column("y_true"), golden.Column("y_pred"));
            var numeric = truth.IsNumeric && predicted.IsNumeric;
            var all = truth.Texts.Concat(predicted.Texts).Select(text => text!).Distinct();
            if (golden.Text("metric") == "confusion_matrix" && golden.Parameters.TryGetProperty("labels", out var given))
            {
                all = given.EnumerateArray().Select(label => label.ToString());
            }

            string[] names = [.. numeric ? all.OrderBy(name => double.Parse(name, CultureInfo.InvariantCulture)) : all.Order(StringComparer.Ordinal)];
            int[] Codes(StatsColumn column) => [.. column.Texts.Select(text => Array.IndexOf(names, text))];
            return new Labels(names, ConfusionMatrix.Of(Codes(truth), Codes(predicted), names.Length, Weights(golden)));
        }

        internal int CodeOf(JsonElement label) => Names.ToList().IndexOf(label.ToString());
    }
}
