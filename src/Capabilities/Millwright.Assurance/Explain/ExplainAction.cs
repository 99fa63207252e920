using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;

namespace Millwright.Assurance.Explain;

/// <summary>The action <c>explain</c>: mean absolute SHAP value per feature, and some rows in full.</summary>
public sealed class ExplainAction(ExplainModel explain) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "explain";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Explains a model by the part that each feature has in its scores (SHAP).",
        "1",
        ["model", "table"],
        ["explanation"],
        [
            new StepParameter("rows", "Rows to explain at most, evenly spread over the table.", 2000),
            new StepParameter("examples", "Rows to report in full.", 10),
        ])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["explanation"] = ModelFiles.Explanation },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var read = new ParameterReader(context);
        var (rows, examples) = (read.Integer("rows", 1, 1_000_000), read.Integer("examples", 0, 10_000));
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        if (!(await explain.RunAsync(context.Inputs["model"], context.Inputs["table"], rows, examples, ct)).TryGet(out var report, out var problem))
        {
            return problem;
        }

        context.Journal.Line($"{report.Rows} rows explained; most important: {string.Join(", ", report.Features.Take(3).Select(feature => $"{feature.Feature} {feature.MeanAbsShap:0.000}"))}");
        await AssuranceJson.WriteAsync(context.Outputs["explanation"], report, ct);
        return Result.Ok;
    }
}
