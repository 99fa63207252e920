namespace Millwright.Assurance.Fairness;

/// <summary>How groups are judged.</summary>
/// <param name="DemographicParityDifference">Largest allowed difference in selection rate, 0 to 1.</param>
/// <param name="EqualizedOddsDifference">Largest allowed difference in true or false positive rate, 0 to 1.</param>
/// <param name="MinGroup">Rows below which a group is too small to be judged.</param>
/// <param name="Alpha">Error rate of intervals.</param>
public sealed record FairnessRules(double DemographicParityDifference = 0.1, double EqualizedOddsDifference = 0.1, int MinGroup = 30, double Alpha = 0.05);

/// <summary>What a classifier does to groups of people.</summary>
/// <param name="Verdict">Fail if any feature fails, else inconclusive if any is, else pass.</param>
/// <param name="N">Rows.</param>
/// <param name="Rules">How it was judged.</param>
/// <param name="Features">Per sensitive feature.</param>
public sealed record FairnessReport(Verdict Verdict, int N, FairnessRules Rules, IReadOnlyList<FeatureFairness> Features);

/// <summary>One sensitive feature.</summary>
/// <param name="Feature">Its column.</param>
/// <param name="Verdict">Of both gaps together; never pass with a warning.</param>
/// <param name="DemographicParityDifference">Gap in selection rate.</param>
/// <param name="EqualizedOddsDifference">The larger of the gaps in true and in false positive rate.</param>
/// <param name="Groups">Every group, by name.</param>
/// <param name="Warnings">What weakens the evidence, in sentences.</param>
public sealed record FeatureFairness(
    string Feature,
    Verdict Verdict,
    RateGap DemographicParityDifference,
    RateGap EqualizedOddsDifference,
    IReadOnlyList<GroupFairness> Groups,
    IReadOnlyList<string> Warnings);

/// <summary>The difference of a rate between the highest and the lowest group.</summary>
/// <param name="Verdict">Pass at or below the limit; fail where the whole interval is above it; else inconclusive.</param>
/// <param name="Value">The difference, 0 to 1; NaN (null in JSON) where it is not defined.</param>
/// <param name="Low">Lower end of its interval (Newcombe, corrected for the number of pairs of groups).</param>
/// <param name="High">Upper end.</param>
/// <param name="Limit">Largest allowed difference.</param>
/// <param name="Rate">The rate it is about.</param>
/// <param name="Highest">The group with the highest rate.</param>
/// <param name="Lowest">The group with the lowest rate.</param>
public sealed record RateGap(Verdict Verdict, double Value, double Low, double High, double Limit, string Rate, string? Highest, string? Lowest);

/// <summary>One group.</summary>
/// <param name="Group">The feature's value, or <c>(missing)</c>.</param>
/// <param name="N">Rows.</param>
/// <param name="SelectionRate">Share predicted positive, with Wilson's interval.</param>
/// <param name="TruePositiveRate">Share of its positives predicted positive; not defined without positives.</param>
/// <param name="FalsePositiveRate">Share of its negatives predicted positive; not defined without negatives.</param>
/// <param name="IsSmall">Fewer rows than the rules ask for.</param>
public sealed record GroupFairness(string Group, int N, Estimate SelectionRate, Estimate TruePositiveRate, Estimate FalsePositiveRate, bool IsSmall);
