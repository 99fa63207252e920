namespace Millwright.Statistics.Metrics;

/// <summary>Cumulative counts of rows at or above each distinct score, from the highest score down.</summary>
internal sealed class Ranking
{
    private Ranking(double[] thresholds, double[] truePositives, double[] falsePositives) =>
        (Thresholds, TruePositives, FalsePositives) = (thresholds, truePositives, falsePositives);

    internal double[] Thresholds { get; }

    internal double[] TruePositives { get; }

    internal double[] FalsePositives { get; }

    internal double Positives => TruePositives[^1];

    internal double Negatives => FalsePositives[^1];

    internal static Ranking Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        Rows.Check(truth.Length, scores.Length, weights.Length);
        Rows.CheckFinite(scores, nameof(scores));
        var keys = new double[scores.Length];
        var order = new int[scores.Length];
        var kept = 0;
        for (var row = 0; row < scores.Length; row++)
        {
            // A row without weight must not make a threshold of its own.
            if (weights.IsEmpty || weights[row] != 0)
            {
                (keys[kept], order[kept]) = (-scores[row], row);
                kept++;
            }
        }

        Array.Sort(keys, order, 0, kept);
        var (thresholds, truePositives, falsePositives) = (new List<double>(), new List<double>(), new List<double>());
        double tp = 0, fp = 0;
        for (var i = 0; i < kept; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[order[i]];
            if (truth[order[i]])
            {
                tp += weight;
            }
            else
            {
                fp += weight;
            }

            if (i + 1 == kept || keys[i + 1] != keys[i])
            {
                thresholds.Add(-keys[i]);
                truePositives.Add(tp);
                falsePositives.Add(fp);
            }
        }

        return new Ranking([.. thresholds], [.. truePositives], [.. falsePositives]);
    }
}
