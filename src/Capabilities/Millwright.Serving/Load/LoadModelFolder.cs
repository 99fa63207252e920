using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;

namespace Millwright.Serving.Load;

/// <summary>Loads a model folder of any known format and checks that its parts fit.</summary>
public sealed class LoadModelFolder(IEnumerable<IModelFormat> formats, IFeatureEncodings encodings)
{
    /// <summary>The model, or a problem that names the file that does not fit.</summary>
    public Result<LoadedModel> Run(string folder)
    {
        var known = formats.ToList();
        var present = known.Where(format => File.Exists(Path.Combine(folder, format.File))).ToList();
        if (present is not [var format])
        {
            return new Problem(
                "model.format",
                present.Count == 0
                    ? $"The model folder has none of the files {string.Join(", ", known.Select(candidate => candidate.File))}."
                    : $"The model folder has several models: {string.Join(", ", present.Select(candidate => candidate.File))}.",
                "Register a folder with exactly one model file.");
        }

        if (!format.Load(Path.Combine(folder, format.File)).TryGet(out var predictor, out var problem))
        {
            return problem;
        }

        var fitted = Fit(folder, predictor);
        if (!fitted.IsOk)
        {
            predictor.Dispose();
        }

        return fitted;
    }

    private Result<LoadedModel> Fit(string folder, IPredictor predictor)
    {
        var signature = new ModelSignature([], []);
        if (File.Exists(Path.Combine(folder, ModelFiles.Signature)) && !SignatureJson.Read(folder).TryGet(out signature, out var problem))
        {
            return problem;
        }

        IRowEncoder? encoder = null;
        if (File.Exists(Path.Combine(folder, ModelFiles.Encoding)) && !encodings.Load(folder).TryGet(out encoder, out problem))
        {
            return problem;
        }

        encoder ??= new IdentityEncoder(signature.Inputs.IsEmpty
            ? [.. Enumerable.Range(0, predictor.FeatureCount).Select(feature => new SignatureColumn($"f{feature}", "double", Required: false))]
            : signature.Inputs);
        if (encoder.Features.Count != predictor.FeatureCount)
        {
            return new Problem(
                "model.features", $"The model takes {predictor.FeatureCount} features, but its encoding makes {encoder.Features.Count}.",
                $"Register the model with the {ModelFiles.Encoding} it was trained with.");
        }

        var classes = predictor.OutputCount == 1 ? 2 : predictor.OutputCount;
        return signature.Classes.Length > 0 && signature.Classes.Length != classes
            ? new Problem("model.classes", $"The model gives {predictor.OutputCount} scores, but its signature names {signature.Classes.Length} classes.", $"Correct {ModelFiles.Signature}.")
            : new LoadedModel(predictor, encoder, signature with { Inputs = [.. encoder.Columns] });
    }
}
