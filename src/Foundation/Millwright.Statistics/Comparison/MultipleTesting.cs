namespace Millwright.Statistics.Comparison;

/// <summary>How p-values are corrected when several hypotheses are tested at once.</summary>
public enum Correction
{
    /// <summary>Bonferroni: family-wise error, any dependence.</summary>
    Bonferroni,

    /// <summary>Šidák: family-wise error, independent tests.</summary>
    Sidak,

    /// <summary>Holm's step-down form of Bonferroni: never weaker.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg (1995): false discovery rate, independent tests.</summary>
    BenjaminiHochberg,

    /// <summary>Benjamini and Yekutieli (2001): false discovery rate, any dependence.</summary>
    BenjaminiYekutieli,
}

/// <summary>Corrections of several p-values.</summary>
public static class MultipleTesting
{
    /// <summary>Corrected p-values in the given order; a hypothesis is rejected where its corrected p-value is at most the error rate.</summary>
    /// <exception cref="ArgumentException">A p-value is not from 0 to 1.</exception>
    public static double[] Correct(ReadOnlySpan<double> pValues, Correction correction)
    {
        var count = pValues.Length;
        var (sorted, order) = (pValues.ToArray(), Enumerable.Range(0, count).ToArray());
        Array.Sort(sorted, order);
        if (count > 0 && !(sorted[0] >= 0 && sorted[^1] <= 1))
        {
            throw new ArgumentException("A p-value is not from 0 to 1.", nameof(pValues));
        }

        var corrected = new double[count];
        var harmonic = correction == Correction.BenjaminiYekutieli ? Enumerable.Range(1, count).Sum(k => 1.0 / k) : 1;
        for (var k = 0; k < count; k++)
        {
            corrected[k] = correction switch
            {
                Correction.Bonferroni => sorted[k] * count,
                // 1 − (1 − p)^n without the cancellation for small p.
                Correction.Sidak => -double.ExpM1(count * double.LogP1(-sorted[k])),
                Correction.Holm => sorted[k] * (count - k),
                _ => sorted[k] * harmonic * count / (k + 1),
            };
        }

        // Corrected values keep the order of the p-values: step-down carries the largest so far, step-up the smallest from the end.
        for (var k = 1; correction == Correction.Holm && k < count; k++)
        {
            corrected[k] = Math.Max(corrected[k], corrected[k - 1]);
        }

        for (var k = count - 2; correction is Correction.BenjaminiHochberg or Correction.BenjaminiYekutieli && k >= 0; k--)
        {
            corrected[k] = Math.Min(corrected[k], corrected[k + 1]);
        }

        var result = new double[count];
        for (var k = 0; k < count; k++)
        {
            result[order[k]] = Math.Min(1, corrected[k]);
        }

        return result;
    }
}
