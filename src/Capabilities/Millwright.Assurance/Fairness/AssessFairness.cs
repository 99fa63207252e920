using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.Assurance.Predictions;

namespace Millwright.Assurance.Fairness;

/// <summary>Compares how a classifier treats groups.</summary>
public sealed class AssessFairness(ITableEngine tables)
{
    /// <summary>Reports every sensitive feature; missing columns, labels or scores are a problem.</summary>
    /// <param name="path">Predictions with the sensitive columns: CSV, Parquet or JSON lines.</param>
    /// <param name="columns">Which columns mean what.</param>
    /// <param name="threshold">Score from which on the positive class is predicted.</param>
    /// <param name="sensitive">Columns whose groups are compared.</param>
    /// <param name="rules">How groups are judged.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<FairnessReport>> RunAsync(
        string path, PredictionLayout columns, double threshold, IReadOnlyList<string> sensitive, FairnessRules rules, CancellationToken ct)
    {
        if (sensitive.Count == 0)
        {
            return new Problem("fairness.sensitive", "No sensitive column is named.", "Name the columns to compare in the parameter 'sensitive'.");
        }

        var read = await PredictionTable.ReadAsync(tables, path, columns, sensitive, "", ct);
        return read.Then(predictions => Report(predictions, Path.GetFileName(path), threshold, sensitive, rules));
    }

    private static Result<FairnessReport> Report(PredictionTable predictions, string name, double threshold, IReadOnlyList<string> sensitive, FairnessRules rules)
    {
        if (predictions.Unusable > 0 || predictions.Labels.Length == 0)
        {
            return new Problem(
                "predictions.missing", $"'{name}' has {predictions.Labels.Length} usable rows and {predictions.Unusable} without a label or a finite score.",
                "Drop rows without a label, and find out why the model gives no score.");
        }

        var predicted = Array.ConvertAll(predictions.Scores, score => score >= threshold);
        FeatureFairness[] features = [.. sensitive.Select(feature =>
            JudgeFairness.Judge(feature, GroupCounts.Of(predictions.Labels, predicted, predictions.TextsOf(feature)), rules))];
        return new FairnessReport(JudgeFairness.Combine([.. features.Select(feature => feature.Verdict)]), predictions.Labels.Length, rules, features);
    }
}
