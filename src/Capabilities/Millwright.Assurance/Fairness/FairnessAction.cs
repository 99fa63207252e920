using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Assurance.Predictions;

namespace Millwright.Assurance.Fairness;

/// <summary>The action <c>fairness</c>: reports gaps between groups. It judges but refuses nothing; the gate does.</summary>
public sealed class FairnessAction(AssessFairness assess) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "fairness";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Compares a classifier's rates between groups.",
        "1",
        ["predictions"],
        ["fairness"],
        [
            .. PredictionParameters.Columns,
            new StepParameter("prediction", "Column of the predicted label; empty = the score decides.", ""),
            PredictionParameters.Threshold,
            new StepParameter("sensitive", "Columns whose groups are compared, a list."),
            new StepParameter("demographic_parity_difference", "Largest allowed difference in selection rate, 0 to 1.", 0.1),
            new StepParameter("equalized_odds_difference", "Largest allowed difference in true or false positive rate, 0 to 1.", 0.1),
            new StepParameter("min_group", "Rows below which a group is too small to be judged.", 30),
            PredictionParameters.Alpha,
        ])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["fairness"] = ModelFiles.Fairness },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var read = new ParameterReader(context);
        var columns = PredictionParameters.ReadColumns(read) with { Prediction = read.Text("prediction") };
        var threshold = columns.Prediction.Length > 0 ? 0.5 : read.Number("threshold", 0, 1);
        var rules = new FairnessRules(
            read.Number("demographic_parity_difference", 0, 1), read.Number("equalized_odds_difference", 0, 1), read.Integer("min_group", 1), PredictionParameters.ReadAlpha(read));
        var sensitive = read.Texts("sensitive");
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        if (!(await assess.RunAsync(context.Inputs["predictions"], columns, threshold, sensitive, rules, ct)).TryGet(out var report, out var problem))
        {
            return problem;
        }

        foreach (var feature in report.Features)
        {
            Journal(context.Journal, feature);
        }

        await AssuranceJson.WriteAsync(context.Outputs["fairness"], report, ct);
        return Result.Ok;
    }

    private static void Journal(IStepJournal journal, FeatureFairness feature)
    {
        foreach (var (name, gap) in new[] { ("demographic_parity_difference", feature.DemographicParityDifference), ("equalized_odds_difference", feature.EqualizedOddsDifference) })
        {
            journal.Metric($"{name}.{feature.Feature}", gap.Value);
            journal.Line(double.IsNaN(gap.Value)
                ? $"{feature.Feature}: {name} is not defined"
                : $"{feature.Feature}: {name} {gap.Value:0.000} [{gap.Low:0.000}, {gap.High:0.000}], limit {gap.Limit:0.###} ({gap.Highest} above {gap.Lowest})");
        }

        foreach (var warning in feature.Warnings)
        {
            journal.Line($"warning: {warning}");
        }
    }
}
