using Millwright.Statistics.Distributions;
using Millwright.Statistics.TwoSample;

namespace Millwright.Statistics.Tests.TwoSample;

public sealed class KolmogorovSmirnovTests
{
    [Fact]
    public void Test_SampleWithMissingValues_IsRefusedInsteadOfSortedIn() =>
        Should.Throw<ArgumentException>(() => KolmogorovSmirnov.Test([1, 2, double.NaN], [1, 2])).Message.ShouldContain("NaN");

    [Fact]
    public void Test_SwappedSamples_GiveTheSamePValue()
    {
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, 70).Select(_ => random.NextDouble())], y = [.. Enumerable.Range(0, 43).Select(_ => random.NextDouble() + 0.2)];

        KolmogorovSmirnov.Test(x, y).PValue.ShouldBe(KolmogorovSmirnov.Test(y, x).PValue, 1e-12);
        KolmogorovSmirnov.Test(x, y, Alternative.Greater).PValue.ShouldBe(KolmogorovSmirnov.Test(y, x, Alternative.Less).PValue, 1e-12);
    }

    [Fact]
    public void Test_MonotoneTransform_ChangesNothing()
    {
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())], y = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())];

        var plain = KolmogorovSmirnov.Test(x, y);
        var mapped = KolmogorovSmirnov.Test(Array.ConvertAll(x, Math.Exp), Array.ConvertAll(y, Math.Exp));

        mapped.Statistic.ShouldBe(plain.Statistic);
        mapped.PValue.ShouldBe(plain.PValue);
    }

    // The three methods of the one-sample distribution meet where one hands over to the next.
    [Theory]
    [InlineData(140)]
    [InlineData(141)]
    [InlineData(1000)]
    [InlineData(20000)]
    [InlineData(150000)]
    public void Survival_OverDistances_FallsWithoutJumps(int n)
    {
        var last = 1.0;
        for (var step = 1; step <= 300; step++)
        {
            var survival = Kolmogorov.Survival(step * 0.01 / Math.Sqrt(n), n);
            survival.ShouldBeInRange(0, last + 1e-9);
            (last - survival).ShouldBeLessThan(0.02);
            last = survival;
        }
    }

    [Fact]
    public void Survival_OfOneObservation_HasItsClosedForm() => Kolmogorov.Survival(0.75, 1).ShouldBe(0.5, 1e-12);
}
