using Millwright.Abstractions.Results;

namespace Millwright.Serving.Infer;

/// <summary>A request as it arrived.</summary>
/// <param name="Protocol">How it is written.</param>
/// <param name="Model">Model name; null = the only model that is deployed.</param>
/// <param name="Body">The whole body.</param>
public readonly record struct InferRequest(InferProtocol Protocol, string? Model, ReadOnlyMemory<byte> Body)
{
    /// <summary>The version asked for; null = the one that the traffic split chooses.</summary>
    public int? Version { get; init; }

    /// <summary>The key that traffic sticks to, when it is not in the body.</summary>
    public string? Key { get; init; }
}

/// <summary>A wire format of requests.</summary>
public enum InferProtocol
{
    /// <summary>Open Inference Protocol, version 2.</summary>
    OpenInference,

    /// <summary>MLflow's scoring server.</summary>
    MLflow,
}

/// <summary>Who answered, or why nobody did.</summary>
/// <param name="Version">Version that answered as text, or empty.</param>
/// <param name="Deployment">Deployment that routed, or empty.</param>
/// <param name="Problem">What is wrong, or null.</param>
public readonly record struct InferOutcome(string Version, string Deployment, Problem? Problem)
{
    /// <summary>Whether the model itself failed, which is the server's fault.</summary>
    public bool IsModelFailure { get; init; }

    internal static InferOutcome Refused(Problem problem) => new("", "", problem);
}
