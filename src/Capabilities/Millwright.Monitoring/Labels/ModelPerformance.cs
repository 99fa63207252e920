using Millwright.Abstractions.Monitoring;

namespace Millwright.Monitoring.Labels;

/// <summary>Live performance out of recorded labels.</summary>
internal sealed class ModelPerformance(ILabelStore store) : IModelPerformance
{
    public Task<LabelledScores> ReadAsync(string model, int version, string deployment, DateTimeOffset from, CancellationToken ct) =>
        Task.FromResult(store.Read(model, version, deployment, from));
}
