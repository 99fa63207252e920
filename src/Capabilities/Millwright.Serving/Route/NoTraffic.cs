using Millwright.Abstractions.Serving;

namespace Millwright.Serving.Route;

/// <summary>The split of a server without deliveries: nothing is deployed, only requests that name a version are answered.</summary>
internal sealed class NoTraffic : ITrafficSplit
{
    /// <summary>Never raised: nothing ever changes.</summary>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    public IReadOnlyList<string> Models => [];

    public TrafficTarget? Route(string model, ReadOnlySpan<char> key) => null;

    public IReadOnlyList<TrafficTarget> Targets(string model) => [];
}
