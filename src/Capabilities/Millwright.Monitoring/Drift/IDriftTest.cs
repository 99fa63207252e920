using Millwright.Monitoring.Profile;

namespace Millwright.Monitoring.Drift;

/// <summary>A way to tell whether a column's distribution has moved.</summary>
public interface IDriftTest
{
    /// <summary>Name, such as <c>psi</c>.</summary>
    string Name { get; }

    /// <summary>Whether it can compare such a column.</summary>
    bool Suits(ColumnProfile reference);

    /// <summary>Compares counts in the reference's bins; both sides have at least <see cref="DriftLimits.MinimumRows"/> rows with a value.</summary>
    DriftScore Compare(ColumnTally reference, ColumnTally current, DriftLimits limits);
}

/// <summary>What counts as drift. Every test asks for both: more than chance, and enough to matter.</summary>
public sealed record DriftLimits
{
    /// <summary>Fewest rows on either side. Of fewer, one unusual row is a large share already, and the tests' approximations do not hold.</summary>
    public const int MinimumRows = 30;

    /// <summary>Chance below which a difference is believed. Default 0.001: monitors look at many columns again and again.</summary>
    public double Significance { get; init; } = 0.001;

    /// <summary>Smallest population stability index. Default 0.2.</summary>
    public double Psi { get; init; } = 0.2;

    /// <summary>Smallest share of rows that has moved (Kolmogorov-Smirnov D; total variation for categories). Default 0.1.</summary>
    public double Distance { get; init; } = 0.1;

    /// <summary>Smallest change of the share of missing values. Default 0.05.</summary>
    public double Missing { get; init; } = 0.05;
}

/// <summary>A test's answer.</summary>
/// <param name="Test">Which test.</param>
/// <param name="Score">Its statistic.</param>
/// <param name="PValue">Chance of such a statistic without drift, 0 to 1.</param>
/// <param name="Effect">How much has moved, in the unit of the threshold.</param>
/// <param name="Threshold">Effect from which on it matters.</param>
/// <param name="Drifted">More than chance, and enough to matter.</param>
public sealed record DriftScore(string Test, double Score, double PValue, double Effect, double Threshold, bool Drifted)
{
    /// <summary>Applies the rule that every test shares.</summary>
    public static DriftScore Judge(string test, double score, double pValue, double effect, double threshold, DriftLimits limits) =>
        new(test, score, pValue, effect, threshold, pValue < limits.Significance && effect >= threshold);
}
