using Millwright.Statistics.Comparison;
using Millwright.Statistics.Metrics;

namespace Millwright.Statistics.Tests.Metrics;

public sealed class RocAucTests
{
    [Fact]
    public void Auc_AnyScores_IsTheShareOfRightlyOrderedPairs()
    {
        var random = new Random(11);
        for (var trial = 0; trial < 50; trial++)
        {
            var n = random.Next(4, 60);
            bool[] labels = [true, true, false, false, .. Enumerable.Range(4, Math.Max(0, n - 4)).Select(_ => random.Next(2) == 0)];
            double[] scores = [.. labels.Select(_ => (double)random.Next(8))];
            var pairs = from i in Enumerable.Range(0, labels.Length)
                        from j in Enumerable.Range(0, labels.Length)
                        where labels[i] && !labels[j]
                        select scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;

            RocAuc.Of(labels, scores).ShouldBe(pairs.Average(), 1e-12);
            DeLong.Estimate(labels, scores).Auc.ShouldBe(pairs.Average(), 1e-12);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Auc_ScoreThatIsNoNumber_NamesTheRow(double score) =>
        Should.Throw<ArgumentException>(() => RocAuc.Of([true, false], [0.5, score])).Message.ShouldContain("Row 1");

    [Fact]
    public void DeLong_IdenticalModels_DoNotDiffer()
    {
        var result = DeLong.Compare([true, false, true, false], [0.9, 0.2, 0.4, 0.5], [0.9, 0.2, 0.4, 0.5]);

        result.Difference.ShouldBe(0);
        result.Low.ShouldBe(0);
        result.High.ShouldBe(0);
        result.PValue.ShouldBe(double.NaN);
    }
}
