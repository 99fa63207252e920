using System.Collections.Immutable;
using System.Globalization;

namespace Millwright.Delivery.Judge;

/// <summary>The verdict on a canary: a pure function of the rules and the evidence, so that it can be tested and explained.</summary>
/// <remarks>
/// A check that fails ends the rollout at once, also before bake time and sample are reached: it fails only on what chance does not
/// explain. Passing needs bake time, sample and every required check.
/// </remarks>
public static class JudgeCanary
{
    /// <summary>Judges the current step.</summary>
    public static CanaryVerdict Run(CanaryRules rules, CanaryEvidence seen)
    {
        ImmutableArray<CanaryCheck> checks =
        [
            BakeTime(rules, seen),
            Sample(rules, seen),
            ErrorRateCheck.Run(rules, seen),
            .. LatencyCheck.Run(rules, seen),
            .. ModelChecks.Run(rules, seen),
        ];
        return checks.FirstOrDefault(check => check.Outcome is CanaryOutcome.Fail) is { } failed
            ? new CanaryVerdict(CanaryOutcome.Fail, CanaryMove.RollBack, failed.Message, checks)
            : checks.FirstOrDefault(check => check is { Outcome: CanaryOutcome.Inconclusive, IsRequired: true }) is { } open
                ? Undecided(rules, seen, open, checks)
                : Passed(seen, checks);
    }

    private static CanaryVerdict Passed(CanaryEvidence seen, ImmutableArray<CanaryCheck> checks)
    {
        // A check that is not required may stay open; the reason must not call it passed.
        var open = checks.Where(check => check.Outcome is CanaryOutcome.Inconclusive).Select(check => check.Name).ToArray();
        return new CanaryVerdict(
            CanaryOutcome.Pass,
            seen.IsLastStep ? CanaryMove.Promote : CanaryMove.Advance,
            open.Length == 0 ? $"all checks passed on {seen.Candidate.Requests} requests" : $"no check failed on {seen.Candidate.Requests} requests; undecided: {string.Join(", ", open)}",
            checks);
    }

    private static CanaryVerdict Undecided(CanaryRules rules, CanaryEvidence seen, CanaryCheck open, ImmutableArray<CanaryCheck> checks) =>
        seen.SinceStep > rules.Patience
            ? new CanaryVerdict(CanaryOutcome.Inconclusive, CanaryMove.RollBack, $"still inconclusive after {Text(rules.Patience)}: {open.Message}", checks)
            : new CanaryVerdict(CanaryOutcome.Inconclusive, CanaryMove.Wait, open.Message, checks);

    private static CanaryCheck BakeTime(CanaryRules rules, CanaryEvidence seen) => new(
        "bake_time",
        seen.SinceStep >= rules.BakeTime ? CanaryOutcome.Pass : CanaryOutcome.Inconclusive,
        $"at this step for {Text(seen.SinceStep)} of at least {Text(rules.BakeTime)}",
        seen.SinceStep.TotalSeconds,
        rules.BakeTime.TotalSeconds);

    private static CanaryCheck Sample(CanaryRules rules, CanaryEvidence seen) => new(
        "sample",
        seen.Candidate.Requests >= rules.MinimumRequests ? CanaryOutcome.Pass : CanaryOutcome.Inconclusive,
        $"{seen.Candidate.Requests} requests of at least {rules.MinimumRequests}",
        seen.Candidate.Requests,
        rules.MinimumRequests);

    private static string Text(TimeSpan time) => time.TotalSeconds < 120
        ? time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture) + " s"
        : time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture) + " min";
}
