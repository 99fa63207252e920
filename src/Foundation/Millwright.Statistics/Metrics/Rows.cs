namespace Millwright.Statistics.Metrics;

/// <summary>What every metric checks first.</summary>
internal static class Rows
{
    internal static void Check(int truth, int predicted, int weights)
    {
        CheckLengths(truth, predicted, weights);
        if (truth == 0)
        {
            throw new ArgumentException("There are no rows.");
        }
    }

    internal static void CheckLengths(int truth, int predicted, int weights)
    {
        if (truth != predicted || (weights != 0 && weights != truth))
        {
            throw new ArgumentException($"The columns have different lengths: {truth} labels, {predicted} predictions, {weights} weights.");
        }
    }

    internal static void CheckFinite(ReadOnlySpan<double> values, string name)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
            {
                throw new ArgumentException($"Row {row} is {values[row]}; every value must be a finite number.", name);
            }
        }
    }
}
