using System.Collections.Immutable;
using Millwright.Abstractions.Results;

namespace Millwright.Delivery.Start;

/// <summary>Says everything that is wrong with steps and rules.</summary>
internal static class PlanCheck
{
    public static ImmutableArray<ProblemDetail> Errors(IReadOnlyList<int> steps, CanaryRules rules)
    {
        (bool Holds, string Key, string Message)[] checks =
        [
            (steps is [.., 100], "steps", $"must end at 100, found {Text(steps)}"),
            (steps.All(step => step is > 0 and <= 100), "steps", $"must lie between 1 and 100, found {Text(steps)}"),
            (steps.Zip(steps.Skip(1)).All(pair => pair.First < pair.Second), "steps", $"must rise, found {Text(steps)}"),
            (rules.BakeTime >= TimeSpan.Zero, "bakeTime", "must not be negative"),
            (rules.MinimumRequests >= 0, "minimumRequests", "must not be negative"),
            (rules.MaxErrorRate is >= 0 and <= 1, "maxErrorRate", "must lie between 0 and 1"),
            (rules.MaxLatencyRatio >= 1, "maxLatencyRatio", "must be at least 1"),
            (rules.LatencyFloor >= 0, "latencyFloor", "must not be negative (milliseconds)"),
            (rules.MinimumLabels >= 10, "minimumLabels", "must be at least 10"),
            (rules.MaxAucLoss is >= 0 and <= 1, "maxAucLoss", "must lie between 0 and 1"),
            (rules.MaxScoreShift is > 0 and <= 1, "maxScoreShift", "must lie between 0 and 1"),
            (rules.Patience > rules.BakeTime, "patience", "must be longer than bakeTime"),
        ];
        return [.. checks.Where(check => !check.Holds).Select(check => new ProblemDetail(check.Message, Key: check.Key))];
    }

    private static string Text(IReadOnlyList<int> steps) => steps.Count == 0 ? "none" : string.Join(", ", steps);
}
