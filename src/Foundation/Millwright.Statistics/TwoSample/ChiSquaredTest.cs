using Millwright.Statistics.Distributions;

namespace Millwright.Statistics.TwoSample;

/// <summary>Outcome of a contingency test.</summary>
/// <param name="Statistic">The statistic.</param>
/// <param name="PValue">0 to 1.</param>
/// <param name="Degrees">Degrees of freedom.</param>
/// <param name="Expected">Expected counts, row-major like the table.</param>
public sealed record ContingencyResult(double Statistic, double PValue, int Degrees, double[] Expected);

/// <summary>Pearson's chi-squared test, and the likelihood-ratio (G) form of it.</summary>
public static class ChiSquaredTest
{
    /// <summary>Independence of rows and columns of a table of counts, row-major with <paramref name="columns"/> columns.</summary>
    /// <param name="table">Counts, at least 0.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="continuityCorrection">Yates' correction, applied only with one degree of freedom.</param>
    /// <param name="likelihoodRatio">2 Σ O ln(O/E) instead of Σ (O−E)²/E.</param>
    /// <exception cref="ArgumentException">The table is empty, ragged or has a negative count, or a row or column sums to 0.</exception>
    public static ContingencyResult Contingency(
        ReadOnlySpan<double> table, int columns, bool continuityCorrection = true, bool likelihoodRatio = false)
    {
        if (columns < 1 || table.IsEmpty || table.Length % columns != 0)
        {
            throw new ArgumentException($"{table.Length} counts do not make a table of {columns} columns.", nameof(table));
        }

        var rows = table.Length / columns;
        var rowSums = new double[rows];
        var columnSums = new double[columns];
        var total = 0.0;
        for (var i = 0; i < table.Length; i++)
        {
            if (!(table[i] >= 0))
            {
                throw new ArgumentException($"Count {table[i]} in row {i / columns}, column {i % columns} is not at least 0.", nameof(table));
            }

            rowSums[i / columns] += table[i];
            columnSums[i % columns] += table[i];
            total += table[i];
        }

        var expected = new double[table.Length];
        for (var i = 0; i < table.Length; i++)
        {
            expected[i] = rowSums[i / columns] * columnSums[i % columns] / total;
            if (!(expected[i] > 0))
            {
                throw new ArgumentException(
                    $"The expected count in row {i / columns}, column {i % columns} is 0: leave out rows and columns without any count.", nameof(table));
            }
        }

        var degrees = (rows - 1) * (columns - 1);
        if (degrees == 0)
        {
            return new ContingencyResult(0, 1, 0, expected);
        }

        var statistic = 0.0;
        for (var i = 0; i < table.Length; i++)
        {
            var observed = table[i];
            if (continuityCorrection && degrees == 1)
            {
                var difference = expected[i] - observed;
                observed += Math.CopySign(Math.Min(0.5, Math.Abs(difference)), difference);
            }

            statistic += Term(observed, expected[i], likelihoodRatio);
        }

        return new ContingencyResult(statistic, ChiSquared.Survival(statistic, degrees), degrees, expected);
    }

    /// <summary>Goodness of fit of counts to expected counts (uniform when <paramref name="expected"/> is empty).</summary>
    /// <param name="observed">Counts.</param>
    /// <param name="expected">As many expected counts with the same sum, or empty.</param>
    /// <param name="fittedParameters">Degrees of freedom lost to parameters estimated from the data.</param>
    /// <exception cref="ArgumentException">Lengths differ, or the sums differ by more than a relative 1e-8.</exception>
    public static TestResult GoodnessOfFit(ReadOnlySpan<double> observed, ReadOnlySpan<double> expected = default, int fittedParameters = 0)
    {
        if (observed.IsEmpty || (!expected.IsEmpty && expected.Length != observed.Length))
        {
            throw new ArgumentException($"{observed.Length} observed and {expected.Length} expected counts do not belong together.", nameof(expected));
        }

        var sum = Sum(observed);
        var expectedSum = expected.IsEmpty ? sum : Sum(expected);
        if (Math.Abs(sum - expectedSum) > 1e-8 * Math.Min(Math.Abs(sum), Math.Abs(expectedSum)))
        {
            throw new ArgumentException($"The observed counts sum to {sum}, the expected ones to {expectedSum}: scale them to one sum.", nameof(expected));
        }

        var statistic = 0.0;
        for (var i = 0; i < observed.Length; i++)
        {
            statistic += Term(observed[i], expected.IsEmpty ? sum / observed.Length : expected[i], likelihoodRatio: false);
        }

        return new TestResult(statistic, ChiSquared.Survival(statistic, observed.Length - 1 - fittedParameters));
    }

    private static double Term(double observed, double expected, bool likelihoodRatio) => likelihoodRatio
        ? observed == 0 ? 0 : 2 * observed * Math.Log(observed / expected)
        : (observed - expected) * (observed - expected) / expected;

    private static double Sum(ReadOnlySpan<double> values) => System.Numerics.Tensors.TensorPrimitives.Sum(values);
}
