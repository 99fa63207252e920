using Millwright.Assurance.Fairness;

namespace Millwright.Assurance.Tests.Fairness;

public sealed class JudgeFairnessTests
{
    [Fact]
    public void Judge_EqualGroups_Passes()
    {
        var feature = JudgeFairness.Judge("gender", [new GroupCounts("F", 200, 150, 400, 40), new GroupCounts("M", 220, 166, 380, 39)], new FairnessRules());

        feature.Verdict.ShouldBe(Verdict.Pass);
        feature.DemographicParityDifference.Value.ShouldBe(Math.Abs(190 / 600.0 - 205 / 600.0), 1e-12);
        feature.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Judge_GapSurelyAboveTheLimit_FailsAndNamesTheGroups()
    {
        var feature = JudgeFairness.Judge("age", [new GroupCounts("old", 300, 290, 300, 200), new GroupCounts("young", 300, 100, 300, 20)], new FairnessRules());

        feature.Verdict.ShouldBe(Verdict.Fail);
        feature.DemographicParityDifference.Highest.ShouldBe("old");
        feature.DemographicParityDifference.Lowest.ShouldBe("young");
        feature.EqualizedOddsDifference.Rate.ShouldBe("true_positive_rate");
    }

    [Fact]
    public void Judge_GapAboveTheLimitByChance_IsInconclusive() =>
        JudgeFairness.Judge("gender", [new GroupCounts("F", 20, 14, 20, 4), new GroupCounts("M", 20, 11, 20, 4)], new FairnessRules())
            .Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void Judge_SmallGroup_WarnsAndNeverPasses()
    {
        var feature = JudgeFairness.Judge("region", [new GroupCounts("n", 200, 150, 400, 40), new GroupCounts("s", 4, 3, 10, 1)], new FairnessRules(0.5, 0.5));

        feature.Verdict.ShouldBe(Verdict.Inconclusive);
        feature.Warnings.ShouldContain(warning => warning.Contains("region=s has 14 rows", StringComparison.Ordinal));
        feature.Groups[1].IsSmall.ShouldBeTrue();
    }

    [Fact]
    public void Judge_GroupWithoutPositives_HasNoTruePositiveRateInsteadOfZero()
    {
        var feature = JudgeFairness.Judge("region", [new GroupCounts("n", 200, 150, 400, 40), new GroupCounts("s", 0, 0, 400, 40)], new FairnessRules(0.5, 0.5));

        feature.Verdict.ShouldBe(Verdict.Inconclusive);
        feature.Groups[1].TruePositiveRate.Value.ShouldBe(double.NaN);
        feature.EqualizedOddsDifference.Value.ShouldBe(double.NaN);
    }

    [Fact]
    public void Judge_OneGroup_HasNothingToCompare() =>
        JudgeFairness.Judge("all", [new GroupCounts("x", 200, 150, 400, 40)], new FairnessRules()).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void Combine_Nothing_IsInconclusive() => JudgeFairness.Combine([]).ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void GroupCounts_MissingGroup_IsAGroupOfItsOwn()
    {
        var groups = GroupCounts.Of([true, false, true], [true, true, false], ["a", null, "a"]);

        groups.ShouldBe([new GroupCounts("(missing)", 0, 0, 1, 1), new GroupCounts("a", 2, 1, 0, 0)]);
    }
}
