namespace Millwright.Abstractions.Serving;

/// <summary>Who answers: the weights that Delivery sets and Serving obeys. Reading is lock-free.</summary>
public interface ITrafficSplit
{
    /// <summary>
    /// The version that answers a request, or null when the model is not deployed. Equal keys get equal answers while the weights stand,
    /// and raising a candidate's weight only ever moves keys towards it. An empty key means that there is none: such requests are spread
    /// by the weights.
    /// </summary>
    TrafficTarget? Route(string model, ReadOnlySpan<char> key);

    /// <summary>All targets of a model with their weights, empty when it is not deployed.</summary>
    IReadOnlyList<TrafficTarget> Targets(string model);

    /// <summary>Models with at least one target.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>Raised after weights changed, so that versions can be loaded before they are asked.</summary>
    event Action? Changed;
}

/// <summary>One version that takes traffic.</summary>
/// <param name="Model">Model name.</param>
/// <param name="Version">Model version.</param>
/// <param name="Deployment">The deployment that put it there.</param>
/// <param name="Percent">Share of traffic, 0 to 100.</param>
public sealed record TrafficTarget(string Model, int Version, string Deployment, double Percent);

/// <summary>Makes sure that a version can answer before traffic reaches it. Implemented by Serving.</summary>
public interface IServableModels
{
    /// <summary>Loads a version and answers one warm-up row; a problem when it cannot.</summary>
    Task<Results.Result<Results.Done>> WarmUpAsync(string model, int version, CancellationToken ct);
}

/// <summary>What the requests of a deployment looked like. Implemented by Serving, judged by Delivery.</summary>
public interface IServingStatistics
{
    /// <summary>Counts since the deployment's current step began.</summary>
    ServingCounts Read(string deployment, int version);

    /// <summary>Starts counting anew.</summary>
    void Reset(string deployment, int version);
}

/// <summary>Requests of one version under one deployment.</summary>
/// <param name="Requests">Requests answered, errors included.</param>
/// <param name="Errors">Requests answered with a server error.</param>
/// <param name="LatencyP50">Median, milliseconds; NaN without requests.</param>
/// <param name="LatencyP99">99th percentile, milliseconds; NaN without requests.</param>
/// <param name="MeanScore">Mean of the scores; NaN without requests.</param>
public sealed record ServingCounts(long Requests, long Errors, double LatencyP50, double LatencyP99, double MeanScore);
