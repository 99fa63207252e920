namespace Millwright.Abstractions.Monitoring;

/// <summary>How well a served version does where labels have arrived. Implemented by Monitoring, judged by Delivery.</summary>
public interface IModelPerformance
{
    /// <summary>Scores and labels of a version under a deployment since <paramref name="from"/>; equal lengths, labels 0 or 1.</summary>
    Task<LabelledScores> ReadAsync(string model, int version, string deployment, DateTimeOffset from, CancellationToken ct);
}

/// <summary>Scores with the labels that arrived for them.</summary>
/// <param name="Scores">Probabilities.</param>
/// <param name="Labels">0 or 1.</param>
public sealed record LabelledScores(IReadOnlyList<double> Scores, IReadOnlyList<int> Labels);
