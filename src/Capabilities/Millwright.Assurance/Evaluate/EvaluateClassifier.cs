using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Assurance.Predictions;
using Millwright.Statistics.Comparison;
using Millwright.Statistics.Metrics;

namespace Millwright.Assurance.Evaluate;

/// <summary>Measures a binary classifier on labelled predictions.</summary>
public sealed class EvaluateClassifier(ITableEngine tables)
{
    /// <summary>Metrics by name, in the field's words; a file with one class, a missing label or a score that is no probability is a problem.</summary>
    /// <param name="path">Predictions: CSV, Parquet or JSON lines.</param>
    /// <param name="columns">Which columns mean what.</param>
    /// <param name="threshold">Score from which on the positive class is predicted, 0 to 1.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<IReadOnlyDictionary<string, double>>> RunAsync(string path, PredictionLayout columns, double threshold, CancellationToken ct) =>
        (await PredictionTable.ReadAsync(tables, path, columns, [], "", ct)).Then(predictions => Measure(predictions, Path.GetFileName(path), threshold));

    internal static Result<IReadOnlyDictionary<string, double>> Measure(PredictionTable predictions, string name, double threshold)
    {
        if (predictions.Unusable > 0)
        {
            return new Problem(
                "predictions.missing", $"{predictions.Unusable} rows of '{name}' have no label or no finite score.", "Drop rows without a label, and find out why the model gives no score.");
        }

        if (predictions.Positives < 2 || predictions.Negatives < 2)
        {
            return new Problem(
                "predictions.one_class", $"'{name}' has {predictions.Positives} positive and {predictions.Negatives} negative rows; each class needs at least 2.",
                "Use more labelled rows, or correct the parameter 'positive'.");
        }

        if (Array.FindIndex(predictions.Scores, score => score is < 0 or > 1) is var row && row >= 0)
        {
            return new Problem(
                "predictions.score", $"Row {row + 1} of '{name}' has the score {predictions.Scores[row]}, which is no probability (0 to 1).", "Give probabilities, not margins.");
        }

        var (labels, scores) = (predictions.Labels, predictions.Scores);
        var matrix = ConfusionMatrix.AtThreshold(labels, scores, threshold);
        var auc = DeLong.Estimate(labels, scores);
        return Result.Of<IReadOnlyDictionary<string, double>>(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["roc_auc"] = auc.Auc,
            ["roc_auc_low"] = auc.Low,
            ["roc_auc_high"] = auc.High,
            ["average_precision"] = PrecisionRecallCurve.Of(labels, scores).AveragePrecision,
            ["log_loss"] = ProbabilityScores.LogLoss(labels, scores),
            ["brier"] = ProbabilityScores.Brier(labels, scores),
            ["calibration_error"] = CalibrationCurve.Error(labels, scores, bins: 10).Expected,
            ["accuracy"] = matrix.Accuracy,
            ["balanced_accuracy"] = matrix.BalancedAccuracy(),
            ["precision"] = ClassScore.Precision.Of(matrix),
            ["recall"] = ClassScore.Recall.Of(matrix),
            ["f1"] = ClassScore.F1.Of(matrix),
            ["n"] = labels.Length,
            ["positives"] = predictions.Positives,
            ["threshold"] = threshold,
        });
    }
}
