using Millwright.Statistics.TwoSample;

namespace Millwright.Statistics.Tests.TwoSample;

public sealed class PopulationStabilityTests
{
    [Fact]
    public void Psi_SameSample_IsZero()
    {
        double[] sample = [.. Enumerable.Range(0, 500).Select(i => (double)(i * 37 % 101))];

        PopulationStability.Of(sample, sample).Value.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Psi_ZeroOneColumnThatFlips_IsNoticed()
    {
        double[] was = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 1.0 : 0)], now = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1.0 : 0)];

        PopulationStability.Of(was, now).Value.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Psi_StoredBins_GiveTheSameScoreAsTheReferenceItself()
    {
        double[] was = [.. Enumerable.Range(0, 1000).Select(i => Math.Sqrt(i))], now = [.. Enumerable.Range(0, 700).Select(i => Math.Sqrt(i) * 1.2)];
        var whole = PopulationStability.Of(was, now);
        var stored = Bins.Between([.. whole.Bins.Edges!.Skip(1).SkipLast(1)]);

        PopulationStability.OfCounts(whole.Reference, stored.Counts(now)).ShouldBe(whole.Value, 1e-12);
    }

    [Fact]
    public void Psi_EmptySample_IsRefused() => Should.Throw<ArgumentException>(() => PopulationStability.Of([], [1]));

    [Fact]
    public void Psi_Categories_DropMissingAndCountNewOnes() =>
        PopulationStability.OfCategories(["a", "a", "b", null], ["a", "c"]).ShouldBeGreaterThan(1);
}
