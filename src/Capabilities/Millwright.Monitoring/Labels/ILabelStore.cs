using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Monitoring;

namespace Millwright.Monitoring.Labels;

/// <summary>Where labels lie, joined with what is needed of their predictions.</summary>
public interface ILabelStore
{
    /// <summary>Saves labels; a later one for the same prediction replaces the earlier. Returns how many were new or different.</summary>
    Task<int> SaveAsync(IReadOnlyList<LabelledPrediction> labels, Actor actor, CancellationToken ct);

    /// <summary>Labels of a version, under one deployment unless it is null, for predictions made since <paramref name="from"/>.</summary>
    LabelledScores Read(string model, int version, string? deployment, DateTimeOffset from);
}

/// <summary>What came true of a prediction.</summary>
/// <param name="Prediction">Its id.</param>
/// <param name="Label">0 or 1.</param>
/// <param name="At">When the label came, UTC.</param>
/// <param name="Model">The prediction's model.</param>
/// <param name="Version">The prediction's version.</param>
/// <param name="Deployment">The prediction's deployment.</param>
/// <param name="Predicted">When it was predicted, UTC.</param>
/// <param name="Score">Its score.</param>
public sealed record LabelledPrediction(
    string Prediction, int Label, DateTimeOffset At, string Model, int Version, string Deployment, DateTimeOffset Predicted, double Score);
