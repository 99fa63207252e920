namespace Millwright.Statistics.TwoSample;

/// <summary>What every comparison of samples checks first.</summary>
internal static class Samples
{
    internal static double[] Sorted(ReadOnlySpan<double> values, string name)
    {
        Check(values, name);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    internal static void Check(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("The sample is empty.", name);
        }

        if (values.Contains(double.NaN))
        {
            throw new ArgumentException("The sample holds NaN; drop missing values before.", name);
        }
    }
}
