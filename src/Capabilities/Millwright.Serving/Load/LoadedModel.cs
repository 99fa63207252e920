using Millwright.Abstractions.Models;

namespace Millwright.Serving.Load;

/// <summary>A model folder in memory: predictor, encoder and signature that fit each other.</summary>
/// <param name="Predictor">Scores vectors.</param>
/// <param name="Encoder">Makes vectors.</param>
/// <param name="Signature">Inputs as the encoder takes them, classes, threshold.</param>
public sealed record LoadedModel(IPredictor Predictor, IRowEncoder Encoder, ModelSignature Signature) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Predictor.Dispose();
}
