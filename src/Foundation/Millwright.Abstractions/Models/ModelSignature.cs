using System.Collections.Immutable;

namespace Millwright.Abstractions.Models;

/// <summary>What a model takes and gives: raw columns by name and type. Enforced at serving.</summary>
/// <param name="Inputs">Columns in order.</param>
/// <param name="Outputs">Columns in order.</param>
public sealed record ModelSignature(ImmutableArray<SignatureColumn> Inputs, ImmutableArray<SignatureColumn> Outputs)
{
    /// <summary>Names of the classes of a classifier; of two, the second is the positive one that the score is the probability of. Empty for regression.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Score from which on the positive class is answered.</summary>
    public double Threshold { get; init; } = 0.5;
}

/// <summary>One column of a signature.</summary>
/// <param name="Name">As in the training data.</param>
/// <param name="Type"><c>double</c>, <c>long</c>, <c>boolean</c> or <c>string</c> (MLflow's words).</param>
/// <param name="Required">Whether a row without it is refused.</param>
public sealed record SignatureColumn(string Name, string Type, bool Required = true);

/// <summary>Names of the files in a model folder; the folder is content, identified by its digest.</summary>
public static class ModelFiles
{
    /// <summary>XGBoost's JSON model.</summary>
    public const string XGBoost = "model.json";

    /// <summary>An ONNX model.</summary>
    public const string Onnx = "model.onnx";

    /// <summary>How raw columns become the model's vector (see <see cref="IFeatureEncodings"/>).</summary>
    public const string Encoding = "encoding.json";

    /// <summary>The signature.</summary>
    public const string Signature = "signature.json";

    /// <summary>Profile of the training data.</summary>
    public const string Profile = "profile.json";

    /// <summary>Metrics on the held-out split.</summary>
    public const string Metrics = "metrics.json";

    /// <summary>The gate's verdict with every check.</summary>
    public const string Gate = "gate.json";

    /// <summary>Fairness report.</summary>
    public const string Fairness = "fairness.json";

    /// <summary>SHAP summary.</summary>
    public const string Explanation = "explanation.json";
}
