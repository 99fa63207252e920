using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Models;

/// <summary>A file format of models, such as XGBoost's JSON or ONNX; one provider each.</summary>
public interface IModelFormat
{
    /// <summary>Name, such as <c>xgboost</c>.</summary>
    string Name { get; }

    /// <summary>The file in a model folder that this format reads, one of <see cref="ModelFiles"/>.</summary>
    string File { get; }

    /// <summary>Loads it; a file that is not such a model is a problem that names the file and what was found.</summary>
    Result<IPredictor> Load(string path);
}

/// <summary>A loaded model. Thread-safe.</summary>
public interface IPredictor : IDisposable
{
    /// <summary>Length of a feature vector.</summary>
    int FeatureCount { get; }

    /// <summary>Scores per row: 1 for regression and binary classification (probability of the positive class), else one per class.</summary>
    int OutputCount { get; }

    /// <summary>
    /// Scores <paramref name="rows"/> vectors, row-major in <paramref name="features"/> (missing = NaN), into
    /// <paramref name="scores"/> of <c>rows × OutputCount</c>.
    /// </summary>
    void Predict(ReadOnlySpan<float> features, int rows, Span<float> scores);
}
