using System.Collections.Immutable;

namespace Millwright.Delivery.Judge;

/// <summary>How a check or a whole canary does.</summary>
public enum CanaryOutcome
{
    /// <summary>Good.</summary>
    Pass,

    /// <summary>Bad.</summary>
    Fail,

    /// <summary>Too little is known.</summary>
    Inconclusive,
}

/// <summary>What follows from a verdict.</summary>
public enum CanaryMove
{
    /// <summary>Look again later.</summary>
    Wait,

    /// <summary>Go to the next step.</summary>
    Advance,

    /// <summary>Make it the champion.</summary>
    Promote,

    /// <summary>Give all traffic back to the champion.</summary>
    RollBack,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name"><c>bake_time</c>, <c>sample</c>, <c>error_rate</c>, <c>latency_p99</c>, <c>roc_auc</c> or <c>score_shift</c>.</param>
/// <param name="Outcome">How it does.</param>
/// <param name="Message">One sentence with the figures.</param>
/// <param name="Value">The measured value, or null when there is none.</param>
/// <param name="Limit">What it is held against.</param>
public sealed record CanaryCheck(string Name, CanaryOutcome Outcome, string Message, double? Value, double? Limit)
{
    /// <summary>Lower end of the value's 95% interval.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the value's 95% interval.</summary>
    public double? High { get; init; }

    /// <summary>Whether the step cannot pass while this is inconclusive.</summary>
    public bool IsRequired { get; init; } = true;
}

/// <summary>A verdict with the evidence it rests on.</summary>
/// <param name="Outcome">Pass, fail or inconclusive.</param>
/// <param name="Move">What follows.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Checks">Everything that was looked at.</param>
public sealed record CanaryVerdict(CanaryOutcome Outcome, CanaryMove Move, string Reason, ImmutableArray<CanaryCheck> Checks);
