using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Delivery;
using Millwright.Delivery;
using Millwright.Delivery.Judge;
using Millwright.Delivery.Show;
using Millwright.Delivery.Start;

namespace Millwright.Server.Delivery;

/// <summary>Deployments as wire records.</summary>
internal static class DeploymentMapping
{
    // Longer than any rollout, and short enough to be a time.
    private const double LongestBake = 366 * 24 * 3600.0;

    public static Result<RolloutRequest> ToRequest(StartRolloutDto body, Actor actor) => body.BakeSeconds is < 0 or > LongestBake or double.NaN
        ? new Problem("rollout.plan", $"bakeSeconds: {body.BakeSeconds} does not lie between 0 and {LongestBake}.", "Give the shortest time at a step in seconds.")
        : Wanted(body, actor);

    private static RolloutRequest Wanted(StartRolloutDto body, Actor actor) => new(body.Model, actor)
    {
        Version = body.Version,
        Steps = body.Steps?.ToImmutableArray() ?? [],
        Force = body.Force,
        Reason = body.Reason ?? "",
        Adjust = rules => rules with
        {
            BakeTime = body.BakeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : rules.BakeTime,
            MinimumRequests = body.MinimumRequests ?? rules.MinimumRequests,
            MaxErrorRate = body.MaxErrorRate ?? rules.MaxErrorRate,
            MaxLatencyRatio = body.MaxLatencyRatio ?? rules.MaxLatencyRatio,
            MinimumLabels = body.MinimumLabels ?? rules.MinimumLabels,
            MaxAucLoss = body.MaxAucLoss ?? rules.MaxAucLoss,
            MaxScoreShift = body.MaxScoreShift ?? rules.MaxScoreShift,
            RequireLabels = body.RequireLabels ?? rules.RequireLabels,
        },
    };

    public static DeploymentDto From(Deployment deployment) => new(
        deployment.Id.Value, deployment.Model, deployment.Version, DeploymentStates.Text(deployment.State), deployment.Plan.Steps, deployment.Step,
        deployment.Percent, deployment.ChampionVersion, deployment.Actor.Name, deployment.Started, deployment.StepStarted, deployment.Ended,
        deployment.IsForced, deployment.Reason, deployment.Outcome);

    public static DeploymentDetailsDto From(DeploymentDetails details, DateTimeOffset now) => new(
        From(details.Deployment),
        [.. details.Traffic.Select(target => new TrafficShareDto(target.Version, target.Deployment, target.Percent))],
        [.. details.Verdicts.Select(From)],
        details.Now is { } verdict ? From(new RecordedVerdict(details.Deployment.Id, now, details.Deployment.Step, details.Deployment.Percent, verdict)) : null);

    public static CanaryVerdictDto From(RecordedVerdict given) => new(
        given.At, given.Step, given.Percent, Text(given.Verdict.Outcome),
        given.Verdict.Move is CanaryMove.RollBack ? "roll_back" : given.Verdict.Move.ToString().ToLowerInvariant(), given.Verdict.Reason,
        [.. given.Verdict.Checks.Select(check => new CanaryCheckDto(
            check.Name, Text(check.Outcome), check.Message, Finite(check.Value), Finite(check.Limit), Finite(check.Low), Finite(check.High)))]);

    private static string Text(CanaryOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
