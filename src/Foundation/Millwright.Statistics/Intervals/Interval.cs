namespace Millwright.Statistics.Intervals;

/// <summary>A confidence interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether a value lies within, ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
