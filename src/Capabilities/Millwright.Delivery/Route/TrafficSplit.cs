using Millwright.Abstractions.Serving;

namespace Millwright.Delivery.Route;

/// <summary>The traffic split of this process: reading takes no lock, a change swaps the whole snapshot.</summary>
internal sealed class TrafficSplit : ITrafficSplit
{
    private readonly Lock _changing = new();
    private volatile TrafficSnapshot _snapshot = TrafficSnapshot.Empty;
    private uint _turn;

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public IReadOnlyList<string> Models => _snapshot.Models;

    /// <inheritdoc/>
    public TrafficTarget? Route(string model, ReadOnlySpan<char> key) =>
        _snapshot.Route(model, key, key.IsEmpty ? Interlocked.Increment(ref _turn) : 0);

    /// <inheritdoc/>
    public IReadOnlyList<TrafficTarget> Targets(string model) => _snapshot.Targets(model);

    /// <summary>Takes over what the store says; nothing happens when it says the same. False when nothing changed.</summary>
    public bool Refresh(IDeploymentStore store)
    {
        lock (_changing)
        {
            var next = TrafficSnapshot.Of(store.InTraffic());
            if (next.Equals(_snapshot))
            {
                return false;
            }

            _snapshot = next;
        }

        Changed?.Invoke();
        return true;
    }
}
