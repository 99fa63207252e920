using Millwright.Statistics.Distributions;
using Millwright.Statistics.TwoSample;

namespace Millwright.Statistics.Comparison;

/// <summary>McNemar's test: do two classifiers err on the same rows equally often?</summary>
public static class McNemar
{
    /// <summary>The exact test: a fair coin over the rows on which only one of the two is right. The statistic is the smaller count.</summary>
    /// <param name="onlyFirst">Rows that only the first gets right.</param>
    /// <param name="onlySecond">Rows that only the second gets right.</param>
    public static TestResult Exact(long onlyFirst, long onlySecond) =>
        new(Math.Min(onlyFirst, onlySecond), Binomial.FairTwoSided(onlyFirst, onlySecond));

    /// <summary>The chi-squared approximation; NaN where no row decides.</summary>
    /// <param name="onlyFirst">Rows that only the first gets right.</param>
    /// <param name="onlySecond">Rows that only the second gets right.</param>
    /// <param name="continuityCorrection">Edwards' correction by 1.</param>
    public static TestResult Asymptotic(long onlyFirst, long onlySecond, bool continuityCorrection = true)
    {
        var distance = Math.Abs(onlyFirst - onlySecond) - (continuityCorrection ? 1.0 : 0.0);
        var statistic = distance * distance / (onlyFirst + onlySecond);
        return new TestResult(statistic, ChiSquared.Survival(statistic, 1));
    }

    /// <summary>Counts over paired predictions, by whether each is right: (both, only first, only second, neither).</summary>
    /// <exception cref="ArgumentException">Lengths differ or there are no rows.</exception>
    public static (long Both, long OnlyFirst, long OnlySecond, long Neither) Count(
        ReadOnlySpan<int> truth, ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (truth.Length != first.Length || truth.Length != second.Length || truth.IsEmpty)
        {
            throw new ArgumentException($"{truth.Length} labels, {first.Length} and {second.Length} predictions are no paired rows.");
        }

        long both = 0, onlyFirst = 0, onlySecond = 0, neither = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            switch (first[row] == truth[row], second[row] == truth[row])
            {
                case (true, true): both++; break;
                case (true, false): onlyFirst++; break;
                case (false, true): onlySecond++; break;
                default: neither++; break;
            }
        }

        return (both, onlyFirst, onlySecond, neither);
    }
}
