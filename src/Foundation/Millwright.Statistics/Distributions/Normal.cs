using MathNet.Numerics;

namespace Millwright.Statistics.Distributions;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>P(Z ≤ z).</summary>
    public static double Cdf(double z) => 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2);

    /// <summary>P(Z &gt; z), without the cancellation of 1 − P(Z ≤ z).</summary>
    public static double Survival(double z) => 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2);

    /// <summary>P(|Z| &gt; |z|); NaN for NaN.</summary>
    public static double TwoSided(double z) => double.IsNaN(z) ? double.NaN : SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    /// <summary>The z with P(Z ≤ z) = <paramref name="probability"/>, for 0 ≤ probability ≤ 1.</summary>
    public static double Quantile(double probability) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * probability);

    /// <summary>Half the width of a two-sided interval in standard errors: z with P(|Z| ≤ z) = 1 − <paramref name="alpha"/>.</summary>
    public static double Critical(double alpha) => Quantile(1 - alpha / 2);
}
