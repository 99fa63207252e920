namespace Millwright.Assurance.Gate;

/// <summary>What a candidate must show.</summary>
/// <param name="Metric"><c>roc_auc</c> or <c>accuracy</c>; more is better.</param>
/// <param name="Threshold">What the metric must reach.</param>
/// <param name="MinSamples">Rows below which nothing is decided.</param>
/// <param name="Alpha">Error rate of intervals, such as 0.05.</param>
/// <param name="Margin">How much worse than the champion the candidate may be; negative = how much better it must be.</param>
public sealed record GateRules(string Metric = "roc_auc", double Threshold = 0.5, int MinSamples = 100, double Alpha = 0.05, double Margin = 0);

/// <summary>The gate's answer with everything it rests on.</summary>
/// <param name="Verdict">Fail if any check fails, else inconclusive if any is, else pass.</param>
/// <param name="Rules">What was asked.</param>
/// <param name="N">Rows of the candidate.</param>
/// <param name="Checks">Every check, in order.</param>
public sealed record GateReport(Verdict Verdict, GateRules Rules, int N, IReadOnlyList<GateCheck> Checks)
{
    /// <summary>Why it is no pass, a sentence per check; empty when it is one.</summary>
    public IEnumerable<string> Reasons() => Checks.Where(check => check.Verdict != Verdict.Pass).Select(check => $"{check.Name}: {check.Reason}");
}

/// <summary>One check.</summary>
/// <param name="Name"><c>samples</c>, <c>threshold</c>, <c>champion</c> or <c>fairness</c>.</param>
/// <param name="Verdict">Its answer; a check that could not run is inconclusive, never a pass.</param>
/// <param name="Reason">One sentence with the numbers.</param>
public sealed record GateCheck(string Name, Verdict Verdict, string Reason)
{
    /// <summary>What was estimated, or null.</summary>
    public Estimate? Estimate { get; init; }

    /// <summary>What the estimate is held against, or null.</summary>
    public double? Limit { get; init; }

    /// <summary>Two-sided p-value of the paired test, or null.</summary>
    public double? PValue { get; init; }

    /// <summary>Rows still needed until the same estimate would decide; null when it decides or no number would do.</summary>
    public long? SamplesNeeded { get; init; }
}
