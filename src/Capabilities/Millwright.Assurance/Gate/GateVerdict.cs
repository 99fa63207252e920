using Millwright.Assurance.Fairness;

namespace Millwright.Assurance.Gate;

/// <summary>The gate's decision: a pure function of rules and evidence.</summary>
public static class GateVerdict
{
    private const double LargestSample = 1e12;

    /// <summary>Decides.</summary>
    public static GateReport Decide(GateRules rules, GateEvidence evidence)
    {
        var checks = new List<GateCheck> { Samples(rules, evidence.Candidate.Rows), Threshold(rules, evidence.Candidate) };
        if (evidence.Champion is { } champion)
        {
            checks.Add(Champion(rules, champion));
        }

        if (evidence.Fairness is { } fairness)
        {
            checks.AddRange(fairness.Features.Count == 0
                ? [new GateCheck("fairness", Verdict.Inconclusive, "the report has no sensitive feature.")]
                : fairness.Features.Select(Fairness));
        }

        return new GateReport(JudgeFairness.Combine([.. checks.Select(check => check.Verdict)]), rules, evidence.Candidate.Rows, checks);
    }

    private static GateCheck Samples(GateRules rules, int rows) => rows >= rules.MinSamples
        ? new GateCheck("samples", Verdict.Pass, $"{rows} rows, at least {rules.MinSamples} are asked for.")
        : new GateCheck("samples", Verdict.Inconclusive, $"{rows} rows, but at least {rules.MinSamples} are asked for.") { SamplesNeeded = rules.MinSamples - rows };

    private static GateCheck Threshold(GateRules rules, Measured measured)
    {
        if (measured.Value is not { } value || measured.Obstacle is not null)
        {
            return new GateCheck("threshold", Verdict.Inconclusive, measured.Obstacle ?? $"{rules.Metric} could not be computed.") { Limit = rules.Threshold };
        }

        var check = Hold("threshold", value, rules.Threshold, measured.Rows);
        return check with
        {
            Reason = $"{rules.Metric} {value} " + check.Verdict switch
            {
                Verdict.Pass => $"reaches {rules.Threshold:0.####}.",
                Verdict.Fail => $"is below {rules.Threshold:0.####}.",
                _ => $"does not decide about {rules.Threshold:0.####}; {Needed(check)}.",
            },
        };
    }

    private static GateCheck Champion(GateRules rules, Compared compared)
    {
        if (compared.Difference is not { } difference || compared.Obstacle is not null)
        {
            return new GateCheck("champion", Verdict.Inconclusive, compared.Obstacle ?? "the difference could not be computed.") { Limit = -rules.Margin };
        }

        var check = Hold("champion", difference, -rules.Margin, compared.Rows);
        return check with
        {
            PValue = double.IsNaN(compared.PValue) ? null : compared.PValue,
            Reason = $"{rules.Metric} differs from the champion's by {difference}, p = {compared.PValue:0.####}; " + check.Verdict switch
            {
                Verdict.Pass => $"not below {-rules.Margin:0.####}.",
                Verdict.Fail => $"below {-rules.Margin:0.####}.",
                _ => $"which does not decide about {-rules.Margin:0.####}; {Needed(check)}.",
            },
        };
    }

    // The whole interval must lie on one side of the limit.
    private static GateCheck Hold(string name, Estimate estimate, double limit, int rows)
    {
        var verdict = estimate switch
        {
            _ when !double.IsFinite(estimate.Low) || !double.IsFinite(estimate.High) => Verdict.Inconclusive,
            _ when estimate.Low >= limit => Verdict.Pass,
            _ when estimate.High < limit => Verdict.Fail,
            _ => Verdict.Inconclusive,
        };
        return new GateCheck(name, verdict, "")
        {
            Estimate = estimate,
            Limit = limit,
            SamplesNeeded = verdict == Verdict.Inconclusive ? StillNeeded(estimate, limit, rows) : null,
        };
    }

    // An interval narrows with the root of the sample: it must become as narrow as the distance of the estimate from the limit.
    private static long? StillNeeded(Estimate estimate, double limit, int rows)
    {
        var half = estimate.Value >= limit ? estimate.Value - estimate.Low : estimate.High - estimate.Value;
        var wanted = rows * Math.Pow(half / (estimate.Value - limit), 2);
        return double.IsFinite(wanted) && wanted < LargestSample ? Math.Max(1, (long)Math.Ceiling(wanted) - rows) : null;
    }

    private static string Needed(GateCheck check) => check.SamplesNeeded is { } needed ? $"about {needed} more rows would" : "no number of rows would";

    private static GateCheck Fairness(FeatureFairness feature)
    {
        var gaps = new[] { ("demographic parity difference", feature.DemographicParityDifference), ("equalized odds difference", feature.EqualizedOddsDifference) };
        var sentences = gaps.Where(gap => gap.Item2.Verdict != Verdict.Pass || feature.Verdict == Verdict.Pass).Select(gap => Sentence(gap.Item1, gap.Item2)).Concat(feature.Warnings);
        return new GateCheck("fairness", feature.Verdict, $"{feature.Feature}: {string.Join(" ", sentences)}");
    }

    private static string Sentence(string name, RateGap gap) => double.IsNaN(gap.Value)
        ? $"{name} is not defined."
        : $"{name} {gap.Value:0.000} [{gap.Low:0.000}, {gap.High:0.000}] ({gap.Highest} against {gap.Lowest}), limit {gap.Limit:0.###}.";
}
