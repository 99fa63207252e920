using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Millwright.Abstractions.Serving;

namespace Millwright.Delivery.Route;

/// <summary>Who answers, as it stood at one moment. Immutable: a request sees one snapshot, whatever changes beside it.</summary>
internal sealed class TrafficSnapshot
{
    private readonly FrozenDictionary<string, ModelTraffic> _models;

    private TrafficSnapshot(FrozenDictionary<string, ModelTraffic> models)
    {
        _models = models;
        Models = [.. models.Keys.Order(StringComparer.Ordinal)];
    }

    public static TrafficSnapshot Empty { get; } = new(FrozenDictionary<string, ModelTraffic>.Empty);

    public ImmutableArray<string> Models { get; }

    /// <summary>The snapshot of the deployments that take traffic: per model at most one live and one rolling.</summary>
    public static TrafficSnapshot Of(IEnumerable<Deployment> inTraffic) => new(inTraffic
        .GroupBy(deployment => deployment.Model, StringComparer.Ordinal)
        .ToFrozenDictionary(model => model.Key, model => ModelTraffic.Of([.. model]), StringComparer.Ordinal));

    public TrafficTarget? Route(string model, ReadOnlySpan<char> key, uint turn) =>
        _models.TryGetValue(model, out var traffic) ? traffic.Route(key, turn) : null;

    public ImmutableArray<TrafficTarget> Targets(string model) => _models.TryGetValue(model, out var traffic) ? traffic.Targets : [];

    public bool Equals(TrafficSnapshot other) =>
        Models.SequenceEqual(other.Models) && Models.All(model => Targets(model).SequenceEqual(other.Targets(model)));

    private sealed class ModelTraffic
    {
        private readonly ulong _salt;

        private ModelTraffic(ImmutableArray<TrafficTarget> targets, ulong salt) => (Targets, _salt) = (targets, salt);

        /// <summary>The candidate first, so that its interval begins at 0 and raising its weight only adds keys to it.</summary>
        public ImmutableArray<TrafficTarget> Targets { get; }

        public static ModelTraffic Of(IReadOnlyList<Deployment> deployments)
        {
            var live = deployments.FirstOrDefault(deployment => deployment.State is DeploymentState.Live);
            var candidate = deployments.FirstOrDefault(deployment => deployment.State is DeploymentState.Rolling);
            var targets = ImmutableArray.CreateBuilder<TrafficTarget>(2);
            if (candidate is not null)
            {
                targets.Add(Target(candidate, live is null ? 100 : candidate.Percent));
            }

            if (live is not null && candidate?.Percent is not 100)
            {
                targets.Add(Target(live, 100 - (candidate?.Percent ?? 0)));
            }

            // Salted by the candidate, so that it is not always the same callers who try what is new.
            return new ModelTraffic(targets.ToImmutable(), Hash((candidate ?? live)!.Id.Value, 0));
        }

        public TrafficTarget Route(ReadOnlySpan<char> key, uint turn)
        {
            // Without a key: multiples of the golden ratio visit the interval evenly, so that shares hold for few requests too.
            var place = key.IsEmpty ? turn * 2654435769u / 4294967296.0 : (Hash(key, _salt) >> 11) / (double)(1UL << 53);
            var edge = 0.0;
            foreach (var target in Targets)
            {
                edge += target.Percent / 100;
                if (place < edge)
                {
                    return target;
                }
            }

            return Targets[^1];
        }

        private static TrafficTarget Target(Deployment deployment, double percent) =>
            new(deployment.Model, deployment.Version, deployment.Id.Value, percent);

        // FNV-1a over the key's UTF-16, then the finalizer of SplitMix64 (Steele, Lea, Flood 2014) to spread similar keys.
        private static ulong Hash(ReadOnlySpan<char> key, ulong salt)
        {
            var hash = 14695981039346656037UL ^ salt;
            foreach (var part in MemoryMarshal.AsBytes(key))
            {
                hash = (hash ^ part) * 1099511628211UL;
            }

            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            return hash ^ (hash >> 31);
        }
    }
}
