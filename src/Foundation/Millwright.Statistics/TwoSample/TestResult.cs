namespace Millwright.Statistics.TwoSample;

/// <summary>A test's outcome.</summary>
/// <param name="Statistic">The test's statistic.</param>
/// <param name="PValue">Probability, under the null hypothesis, of a statistic at least as extreme; NaN when it is undefined.</param>
public readonly record struct TestResult(double Statistic, double PValue);

/// <summary>Which deviation counts as evidence.</summary>
public enum Alternative
{
    /// <summary>Either side.</summary>
    TwoSided,

    /// <summary>The first sample's distribution function lies below the second's.</summary>
    Less,

    /// <summary>The first sample's distribution function lies above the second's.</summary>
    Greater,
}
