using System.Globalization;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Abstractions.Tables;
using Millwright.XGBoost.Native;

namespace Millwright.XGBoost.Training;

/// <summary>
/// The action <c>xgboost.train</c>: gradient boosted trees by the native library. Equal inputs and parameters give equal bytes.
/// </summary>
public sealed class TrainAction(ITableEngine tables, IFeatureEncodings encodings) : IStepAction
{
    /// <inheritdoc/>
    public string Name => "xgboost.train";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Trains gradient boosted trees with XGBoost; metrics per round.",
        "1",
        ["train", "validation?", "encoding"],
        ["model"],
        TrainingOptions.Parameters);

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var folder = context.Inputs["encoding"];
        if (!encodings.Load(folder).TryGet(out var encoder, out var problem) || !SignatureJson.Read(folder).TryGet(out var signature, out problem))
        {
            return problem;
        }

        var read = new ParameterReader(context);
        var options = TrainingOptions.Read(read, signature);
        var label = read.Text("label") is { Length: > 0 } given ? given : encoder.Roles.Label ?? read.Required("label");
        if (read.Problem is { } wrong)
        {
            return wrong;
        }

        if (!(await TrainingData.ReadAsync(tables, context.Inputs["train"], encoder, label, ct)).TryGet(out var train, out problem))
        {
            return problem;
        }

        TrainingData? validation = null;
        if (context.Inputs.TryGetValue("validation", out var path) && !(await TrainingData.ReadAsync(tables, path, encoder, label, ct)).TryGet(out validation, out problem))
        {
            return problem;
        }

        var trained = await Task.Run(() => Train(context.Journal, options, encoder.Features, train, validation, ct), ct);
        return trained.TryGet(out var model, out problem) ? await SaveAsync(context, folder, model, ct) : problem;
    }

    private static Result<byte[]> Train(IStepJournal journal, TrainingOptions options, IReadOnlyList<string> features, TrainingData train, TrainingData? validation, CancellationToken ct)
    {
        try
        {
            return new TrainingLoop(journal, options, features).Run(train, validation, ct);
        }
        catch (DllNotFoundException)
        {
            return new Problem(
                "xgboost.missing", "The XGBoost library (libxgboost.so.0) is not installed.",
                "Run 'sudo apt-get install -y libxgboost0' (Debian, Ubuntu), then the same command again.", ProblemKind.Unavailable);
        }
        catch (XGBoostException failure)
        {
            return new Problem("xgboost.refused", $"XGBoost refuses: {failure.Message}", "Correct the step's parameters or its data.");
        }
    }

    private static async Task<Result<Done>> SaveAsync(StepContext context, string encodingFolder, byte[] model, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(context.Outputs["model"]).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, ModelFiles.XGBoost), model, ct);
        foreach (var file in new[] { ModelFiles.Encoding, ModelFiles.Signature })
        {
            // Read and written instead of copied: what comes from the store is read only and would stay so.
            await File.WriteAllBytesAsync(Path.Combine(folder, file), await File.ReadAllBytesAsync(Path.Combine(encodingFolder, file), ct), ct);
        }

        context.Journal.Line(string.Create(CultureInfo.InvariantCulture, $"model of {model.Length / 1024.0:0} KiB"));
        return Result.Ok;
    }
}
