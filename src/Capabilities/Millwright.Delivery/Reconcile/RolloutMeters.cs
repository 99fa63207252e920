using System.Diagnostics.Metrics;

namespace Millwright.Delivery.Reconcile;

/// <summary>Meter <c>Millwright.Delivery</c>.</summary>
internal sealed class RolloutMeters : IDisposable
{
    private readonly Meter _meter = new("Millwright.Delivery");
    private readonly Counter<long> _moves;

    public RolloutMeters(IDeploymentStore store)
    {
        _moves = _meter.CreateCounter<long>("millwright.rollout.moves", "{move}", "Moves of rollouts: advanced, promoted, rolled back.");
        _meter.CreateObservableGauge("millwright.rollout.percent", () => Percent(store), "%", "Share of a model's traffic that a candidate takes.");
    }

    public void Moved(string kind, Deployment deployment) =>
        _moves.Add(1, new("model", deployment.Model), new("move", kind["rollout.".Length..]));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Percent(IDeploymentStore store) => store.InTraffic()
        .Where(deployment => deployment.State is DeploymentState.Rolling)
        .Select(deployment => new Measurement<int>(deployment.Percent, new("model", deployment.Model), new("version", deployment.Version)));
}
