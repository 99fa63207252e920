namespace Millwright.Delivery;

/// <summary>Key <c>delivery</c> of <c>millwright.yaml</c>: defaults of rollouts; each rollout may say otherwise.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Shares of traffic in percent, rising, the last 100. Empty means 10, 50, 100.</summary>
    public int[] Steps { get; set; } = [];

    /// <summary>Time between two looks at the rollouts under way. Default 1 second.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time between two recorded verdicts that say the same. Default 15 seconds.</summary>
    public TimeSpan VerdictInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>See <see cref="CanaryRules.BakeTime"/>.</summary>
    public TimeSpan BakeTime { get; set; } = new CanaryRules().BakeTime;

    /// <summary>See <see cref="CanaryRules.MinimumRequests"/>.</summary>
    public int MinimumRequests { get; set; } = new CanaryRules().MinimumRequests;

    /// <summary>See <see cref="CanaryRules.MaxErrorRate"/>.</summary>
    public double MaxErrorRate { get; set; } = new CanaryRules().MaxErrorRate;

    /// <summary>See <see cref="CanaryRules.MaxLatencyRatio"/>.</summary>
    public double MaxLatencyRatio { get; set; } = new CanaryRules().MaxLatencyRatio;

    /// <summary>See <see cref="CanaryRules.LatencyFloor"/>.</summary>
    public double LatencyFloor { get; set; } = new CanaryRules().LatencyFloor;

    /// <summary>See <see cref="CanaryRules.MinimumLabels"/>.</summary>
    public int MinimumLabels { get; set; } = new CanaryRules().MinimumLabels;

    /// <summary>See <see cref="CanaryRules.MaxAucLoss"/>.</summary>
    public double MaxAucLoss { get; set; } = new CanaryRules().MaxAucLoss;

    /// <summary>See <see cref="CanaryRules.RequireLabels"/>.</summary>
    public bool RequireLabels { get; set; }

    /// <summary>See <see cref="CanaryRules.MaxScoreShift"/>.</summary>
    public double MaxScoreShift { get; set; } = new CanaryRules().MaxScoreShift;

    /// <summary>See <see cref="CanaryRules.Patience"/>.</summary>
    public TimeSpan Patience { get; set; } = new CanaryRules().Patience;

    /// <summary>The rules that these options stand for.</summary>
    public CanaryRules ToRules() => new()
    {
        BakeTime = BakeTime,
        MinimumRequests = MinimumRequests,
        MaxErrorRate = MaxErrorRate,
        MaxLatencyRatio = MaxLatencyRatio,
        LatencyFloor = LatencyFloor,
        MinimumLabels = MinimumLabels,
        MaxAucLoss = MaxAucLoss,
        RequireLabels = RequireLabels,
        MaxScoreShift = MaxScoreShift,
        Patience = Patience,
    };
}
