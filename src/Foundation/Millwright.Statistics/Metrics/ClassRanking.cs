namespace Millwright.Statistics.Metrics;

/// <summary>Metrics of the order in which classes are ranked for a row.</summary>
public static class ClassRanking
{
    /// <summary>Share of rows whose class is among the <paramref name="top"/> best scored; of equal scores the higher class ranks first.</summary>
    /// <exception cref="ArgumentException">Lengths differ or there are no rows.</exception>
    public static double TopAccuracy(ReadOnlySpan<int> truth, ReadOnlySpan<double> scores, int classes, int top, ReadOnlySpan<double> weights = default)
    {
        Rows.Check(truth.Length, scores.Length / classes, weights.Length);
        double hits = 0, sum = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            var own = scores[row * classes + truth[row]];
            var better = 0;
            for (var k = 0; k < classes; k++)
            {
                var score = scores[row * classes + k];
                better += score > own || (score == own && k > truth[row]) ? 1 : 0;
            }

            var weight = weights.IsEmpty ? 1 : weights[row];
            sum += weight;
            hits += better < top ? weight : 0;
        }

        return hits / sum;
    }
}
