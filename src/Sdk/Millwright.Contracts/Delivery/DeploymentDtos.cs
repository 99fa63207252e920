using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millwright.Contracts.Delivery;

/// <summary>Asks for a rollout. What is null is as configured.</summary>
/// <param name="Model">Registered model.</param>
public sealed record StartRolloutDto(string Model)
{
    /// <summary>A number, an alias or a stage; null for the newest.</summary>
    public string? Version { get; init; }

    /// <summary>Shares of traffic in percent, rising, the last 100.</summary>
    public IReadOnlyList<int>? Steps { get; init; }

    /// <summary>Shortest time at a step, seconds; fractions count.</summary>
    public double? BakeSeconds { get; init; }

    /// <summary>Fewest requests at a step.</summary>
    public int? MinimumRequests { get; init; }

    /// <summary>Highest share of server errors, 0 to 1.</summary>
    public double? MaxErrorRate { get; init; }

    /// <summary>Highest ratio of p99 latencies.</summary>
    public double? MaxLatencyRatio { get; init; }

    /// <summary>Fewest labels on each side before metrics are compared.</summary>
    public int? MinimumLabels { get; init; }

    /// <summary>Loss of ROC AUC that is still none.</summary>
    public double? MaxAucLoss { get; init; }

    /// <summary>Largest distance of the score distributions.</summary>
    public double? MaxScoreShift { get; init; }

    /// <summary>Whether a step waits for labels.</summary>
    public bool? RequireLabels { get; init; }

    /// <summary>Rolls out a version that is not approved.</summary>
    public bool Force { get; init; }

    /// <summary>Why; required with <see cref="Force"/>.</summary>
    public string? Reason { get; init; }
}

/// <summary>Why something is stopped or taken back.</summary>
/// <param name="Reason">One sentence.</param>
public sealed record ReasonDto(string? Reason = null);

/// <summary>A deployment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">Registered model.</param>
/// <param name="Version">Version rolled out.</param>
/// <param name="State"><c>rolling</c>, <c>live</c>, <c>retired</c>, <c>rolled_back</c> or <c>aborted</c>.</param>
/// <param name="Steps">Shares of traffic in percent.</param>
/// <param name="Step">Index of the current step.</param>
/// <param name="Percent">Share of traffic asked for now.</param>
/// <param name="Champion">The version that was live when it started.</param>
/// <param name="Actor">Who started it.</param>
/// <param name="Started">When, UTC.</param>
/// <param name="StepStarted">When the current step began.</param>
/// <param name="Ended">When it left the traffic.</param>
/// <param name="Forced">Whether rules were overridden.</param>
/// <param name="Reason">Why it was started.</param>
/// <param name="Outcome">Why it stands where it stands.</param>
public sealed record DeploymentDto(
    string Id, string Model, int Version, string State, IReadOnlyList<int> Steps, int Step, int Percent, int? Champion,
    string Actor, DateTimeOffset Started, DateTimeOffset StepStarted, DateTimeOffset? Ended, bool Forced, string Reason, string Outcome);

/// <summary>A page of deployments, newest first.</summary>
/// <param name="Deployments">The page.</param>
/// <param name="Next">Id to go on before, or null at the end.</param>
public sealed record DeploymentListDto(IReadOnlyList<DeploymentDto> Deployments, string? Next);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">Such as <c>error_rate</c>.</param>
/// <param name="Outcome"><c>pass</c>, <c>fail</c> or <c>inconclusive</c>.</param>
/// <param name="Message">One sentence with the figures.</param>
/// <param name="Value">Measured.</param>
/// <param name="Limit">Held against.</param>
/// <param name="Low">Lower end of the 95% interval.</param>
/// <param name="High">Upper end.</param>
public sealed record CanaryCheckDto(string Name, string Outcome, string Message, double? Value, double? Limit, double? Low, double? High);

/// <summary>A verdict.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Step">Index of the step.</param>
/// <param name="Percent">Share of traffic at it.</param>
/// <param name="Outcome"><c>pass</c>, <c>fail</c> or <c>inconclusive</c>.</param>
/// <param name="Move"><c>wait</c>, <c>advance</c>, <c>promote</c> or <c>roll_back</c>.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Checks">The evidence.</param>
public sealed record CanaryVerdictDto(
    DateTimeOffset At, int Step, int Percent, string Outcome, string Move, string Reason, IReadOnlyList<CanaryCheckDto> Checks);

/// <summary>Who takes traffic.</summary>
/// <param name="Version">Model version.</param>
/// <param name="Deployment">The deployment that put it there.</param>
/// <param name="Percent">Share.</param>
public sealed record TrafficShareDto(int Version, string Deployment, double Percent);

/// <summary>A deployment with its verdicts.</summary>
/// <param name="Deployment">As it stands.</param>
/// <param name="Traffic">The model's traffic now.</param>
/// <param name="Verdicts">Oldest first.</param>
/// <param name="Now">What would be said at this moment; null when the rollout is over.</param>
public sealed record DeploymentDetailsDto(
    DeploymentDto Deployment, IReadOnlyList<TrafficShareDto> Traffic, IReadOnlyList<CanaryVerdictDto> Verdicts, CanaryVerdictDto? Now);

/// <summary>Serialisation of deployments.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StartRolloutDto))]
[JsonSerializable(typeof(ReasonDto))]
[JsonSerializable(typeof(DeploymentListDto))]
[JsonSerializable(typeof(DeploymentDetailsDto))]
public sealed partial class DeliveryJson : JsonSerializerContext;
