using System.Text.Json.Nodes;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Abstractions.Tables;

namespace Millwright.Serving.Batch;

/// <summary>
/// The action <c>predict.champion</c>: scores a table with the version that is in production, for a gate to compare with. Without one the
/// predictions are empty, which a gate takes for no champion.
/// </summary>
public sealed class PredictChampionAction(PredictTable predict, IModelCatalog catalog, IContentStore content, ITableEngine tables) : IStepAction, IReadsState
{
    private const string Production = "production";

    /// <inheritdoc/>
    public string Name => "predict.champion";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Scores a table with the model version that is in production; without one the predictions are empty.",
        "1",
        ["table"],
        ["predictions"],
        [new StepParameter("model", "Name of the registered model.")])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["predictions"] = "predictions.parquet" },
    };

    /// <inheritdoc/>
    public async Task<string> StateAsync(JsonObject parameters, CancellationToken ct) =>
        (await ChampionAsync(parameters["model"]?.ToString() ?? "", ct))?.Artifact.ToString() ?? "none";

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var output = context.Outputs["predictions"];
        if (await ChampionAsync(context.Parameters["model"]!.ToString(), ct) is not { } champion)
        {
            context.Journal.Line("nothing is in production yet");
            return (await tables.CopyAsync($"SELECT '' AS {PredictionColumns.RowId}, 0 AS {PredictionColumns.Label}, 0.0 AS {PredictionColumns.Score} LIMIT 0", output, ct)).Map(_ => Done.Value);
        }

        var folder = Path.Combine(context.WorkFolder, "champion");
        if ((await content.MaterialiseAsync(champion.Artifact, folder, ct)).Problem is { } missing)
        {
            return missing;
        }

        if (!(await predict.RunAsync(folder, context.Inputs["table"], [], context.WorkFolder, output, ct)).TryGet(out var rows, out var problem))
        {
            return problem;
        }

        context.Journal.Line($"{rows} rows scored by version {champion.Version}");
        return Result.Ok;
    }

    private async Task<CatalogModel?> ChampionAsync(string model, CancellationToken ct) =>
        (await catalog.FindAsync(model, Production, ct)).TryGet(out var found, out _) ? found : null;
}
