namespace Millwright.Delivery;

/// <summary>What a canary is judged by. Kept with each deployment, so that changed options do not change a rollout under way.</summary>
public sealed record CanaryRules
{
    /// <summary>Shortest time at a step before it can pass; also fractions of a second. Default 5 minutes.</summary>
    public TimeSpan BakeTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Fewest requests that the candidate must have answered at a step. Default 100.</summary>
    public int MinimumRequests { get; init; } = 100;

    /// <summary>Highest share of server errors, 0 to 1; a champion that does worse raises it to its own share. Default 0.01.</summary>
    public double MaxErrorRate { get; init; } = 0.01;

    /// <summary>Highest ratio of the candidate's p99 latency to the champion's. Default 2.</summary>
    public double MaxLatencyRatio { get; init; } = 2;

    /// <summary>p99 latency in milliseconds that nobody minds, whatever the ratio. Default 10.</summary>
    public double LatencyFloor { get; init; } = 10;

    /// <summary>Fewest labelled predictions on each side, both classes present, before metrics are compared. Default 50.</summary>
    public int MinimumLabels { get; init; } = 50;

    /// <summary>Loss of ROC AUC against the champion that is still no loss. Default 0.02.</summary>
    public double MaxAucLoss { get; init; } = 0.02;

    /// <summary>Whether a step waits until the comparison of ROC AUC is conclusive. Default false: labels judge when they come.</summary>
    public bool RequireLabels { get; init; }

    /// <summary>
    /// Largest distance of the two score distributions (Kolmogorov-Smirnov D, 0 to 1) while there are no labels: the two answer the same
    /// mix of requests, so that a large distance means one of them is wrong. Default 0.35.
    /// </summary>
    public double MaxScoreShift { get; init; } = 0.35;

    /// <summary>Time at a step after which an inconclusive canary is taken back. Default 24 hours.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(24);
}
