using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Assurance.Predictions;

namespace Millwright.Assurance.Evaluate;

/// <summary>The action <c>evaluate</c>: metrics of a classifier on labelled predictions.</summary>
public sealed class EvaluateAction(EvaluateClassifier evaluate) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "evaluate";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Measures a classifier on labelled predictions.",
        "1",
        ["predictions"],
        ["metrics"],
        [.. PredictionParameters.Columns, PredictionParameters.Threshold])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["metrics"] = ModelFiles.Metrics },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var read = new ParameterReader(context);
        var (columns, threshold) = (PredictionParameters.ReadColumns(read), read.Number("threshold", 0, 1));
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        if (!(await evaluate.RunAsync(context.Inputs["predictions"], columns, threshold, ct)).TryGet(out var metrics, out var problem))
        {
            return problem;
        }

        foreach (var (name, value) in metrics)
        {
            context.Journal.Metric(name, value);
        }

        context.Journal.Line($"ROC AUC {metrics["roc_auc"]:0.0000} [{metrics["roc_auc_low"]:0.0000}, {metrics["roc_auc_high"]:0.0000}], F1 {metrics["f1"]:0.0000} on {metrics["n"]} rows");
        await AssuranceJson.WriteAsync(context.Outputs["metrics"], metrics, ct);
        return Result.Ok;
    }
}
