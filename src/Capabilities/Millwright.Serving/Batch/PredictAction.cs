using System.Globalization;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;

namespace Millwright.Serving.Batch;

/// <summary>The action <c>predict</c>: scores a table, raw or encoded, with a model folder (see <see cref="PredictTable"/>).</summary>
public sealed class PredictAction(PredictTable predict) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "predict";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Scores a table with a model.",
        "1",
        ["model", "table"],
        ["predictions"],
        [new StepParameter("keep", "Columns of the table to carry along; empty = those that the encoding keeps.", new System.Text.Json.Nodes.JsonArray())])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["predictions"] = "predictions.parquet" },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var read = new ParameterReader(context);
        var keep = read.Texts("keep");
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        if (!(await predict.RunAsync(context.Inputs["model"], context.Inputs["table"], keep, context.WorkFolder, context.Outputs["predictions"], ct)).TryGet(out var rows, out var problem))
        {
            return problem;
        }

        context.Journal.Line(string.Create(CultureInfo.InvariantCulture, $"{rows} rows scored"));
        return Result.Ok;
    }
}
