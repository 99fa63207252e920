using Microsoft.Extensions.DependencyInjection;
using Millwright.Monitoring.Drift;
using Millwright.Monitoring.Profile;

namespace Millwright.Monitoring.Tests.Drift;

public sealed class MinimumSampleTests
{
    private static readonly CompareColumns Compare = new ServiceCollection().AddDrift().BuildServiceProvider().GetRequiredService<CompareColumns>();

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void Column_OfTooFewRows_IsNotJudged(int rows, bool judged)
    {
        foreach (var reference in (ColumnProfile[])[Category(4_000), Category(rows)])
        {
            var compared = Compare.Run(reference, new ColumnTally([0, rows, 0], 0), new DriftLimits());
            compared.Scores.IsEmpty.ShouldBe(!judged);
            compared.Drifted.ShouldBe(judged);
        }
    }

    [Fact]
    public void Column_OneUnusualRowOfAFew_IsNoDrift() =>
        Compare.Run(Category(4_000), new ColumnTally([9, 0, 1], 0), new DriftLimits()).Drifted.ShouldBeFalse();

    [Fact]
    public void Column_AllMissingNow_DriftsByItsMissingValues()
    {
        var compared = Compare.Run(Category(4_000), new ColumnTally([0, 0, 0], 200), new DriftLimits());
        compared.Scores.ShouldHaveSingleItem().Test.ShouldBe("missing");
        compared.Drifted.ShouldBeTrue();
    }

    [Fact]
    public void Column_SameShapeInASmallSample_IsNoDrift() =>
        Compare.Run(Category(4_000), new ColumnTally([26, 4, 0], 0), new DriftLimits()).Drifted.ShouldBeFalse();

    private static ColumnProfile Category(long rows) => new("plan", "VARCHAR", ColumnKind.Category, rows, 0, 2)
    {
        Top = [new CategoryCount("a", rows * 9 / 10), new CategoryCount("b", rows - rows * 9 / 10)],
    };
}
