namespace Millwright.Assurance;

/// <summary>The answer of a check. Only <see cref="Pass"/> lets anything through.</summary>
public enum Verdict
{
    /// <summary>The evidence is sufficient and good.</summary>
    Pass,

    /// <summary>The evidence is sufficient and bad.</summary>
    Fail,

    /// <summary>The evidence is not sufficient, or could not be computed.</summary>
    Inconclusive,
}

/// <summary>A value with its confidence interval.</summary>
/// <param name="Value">The estimate; NaN (null in JSON) where it is not defined.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Estimate(double Value, double Low, double High)
{
    /// <summary>Not defined.</summary>
    public static Estimate None { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <inheritdoc/>
    public override string ToString() => $"{Value:0.0000} [{Low:0.0000}, {High:0.0000}]";
}
