using MathNet.Numerics;

namespace Millwright.Statistics.Distributions;

/// <summary>The chi-squared distribution.</summary>
public static class ChiSquared
{
    /// <summary>P(X &gt; x) with <paramref name="degrees"/> &gt; 0 degrees of freedom; 0 degrees give 1 at 0 and else 0.</summary>
    public static double Survival(double x, double degrees) => (x, degrees) switch
    {
        _ when double.IsNaN(x) => double.NaN,
        (<= 0, _) => 1,
        (_, 0) or (double.PositiveInfinity, _) => 0,
        // Two cases have a closed form, which keeps its relative precision far into the tail.
        (_, 1) => SpecialFunctions.Erfc(Math.Sqrt(x / 2)),
        (_, 2) => Math.Exp(-x / 2),
        _ => SpecialFunctions.GammaUpperRegularized(degrees / 2, x / 2),
    };
}
