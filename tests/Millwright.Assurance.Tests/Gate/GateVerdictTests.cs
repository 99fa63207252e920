using Millwright.Assurance.Fairness;
using Millwright.Assurance.Gate;

namespace Millwright.Assurance.Tests.Gate;

public sealed class GateVerdictTests
{
    private static readonly GateRules Rules = new("roc_auc", Threshold: 0.8, MinSamples: 100, Alpha: 0.05, Margin: 0.01);

    [Theory]
    [InlineData(0.85, 0.82, 0.88, Verdict.Pass)]
    [InlineData(0.80, 0.80, 0.80, Verdict.Pass)]
    [InlineData(0.82, 0.79, 0.85, Verdict.Inconclusive)]
    [InlineData(0.79, 0.76, 0.82, Verdict.Inconclusive)]
    [InlineData(0.75, 0.72, 0.78, Verdict.Fail)]
    public void Threshold_WholeIntervalDecides(double value, double low, double high, Verdict verdict) =>
        Decide(new Measured(500, new Estimate(value, low, high))).Verdict.ShouldBe(verdict);

    [Fact]
    public void Threshold_Inconclusive_SaysHowManyMoreRows()
    {
        // Half the width is 0.03, the distance 0.015: twice too wide, so four times the rows.
        var check = Decide(new Measured(500, new Estimate(0.815, 0.785, 0.845))).Checks.Single(check => check.Name == "threshold");

        check.SamplesNeeded.ShouldNotBeNull();
        check.SamplesNeeded.Value.ShouldBeInRange(1495, 1505);
        check.Reason.ShouldContain("more rows");
    }

    [Fact]
    public void Threshold_EstimateExactlyAtTheLimit_NoSampleWouldDecide() =>
        Decide(new Measured(500, new Estimate(0.8, 0.77, 0.83))).Checks.Single(check => check.Name == "threshold").SamplesNeeded.ShouldBeNull();

    [Fact]
    public void Samples_TooFew_AreNeverAPass() =>
        Decide(new Measured(99, new Estimate(0.95, 0.9, 0.99))).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void Candidate_NotMeasured_IsNeverAPass()
    {
        var report = Decide(new Measured(500, null, "there is one class."));

        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.Reasons().ShouldContain("threshold: there is one class.");
    }

    [Fact]
    public void Candidate_NaNEstimate_IsNeverAPass() => Decide(new Measured(500, Estimate.None)).Verdict.ShouldBe(Verdict.Inconclusive);

    [Theory]
    [InlineData(0.02, 0.005, 0.035, Verdict.Pass)]
    [InlineData(0, -0.009, 0.009, Verdict.Pass)]
    [InlineData(0, 0, 0, Verdict.Pass)]
    [InlineData(0, -0.02, 0.02, Verdict.Inconclusive)]
    [InlineData(-0.05, -0.08, -0.02, Verdict.Fail)]
    public void Champion_MayBeMissedByTheMarginOnly(double difference, double low, double high, Verdict verdict) =>
        GateVerdict.Decide(Rules, new GateEvidence(new Measured(500, new Estimate(0.9, 0.88, 0.92)), new Compared(500, new Estimate(difference, low, high), 0.5)))
            .Verdict.ShouldBe(verdict);

    [Fact]
    public void Champion_NotComparable_IsNeverAPass() =>
        GateVerdict.Decide(Rules, new GateEvidence(new Measured(500, new Estimate(0.9, 0.88, 0.92)), new Compared(500, null, double.NaN, "not the same rows.")))
            .Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void Fairness_ThatFails_FailsTheGateAndIsNamed()
    {
        var feature = JudgeFairness.Judge("gender", [new GroupCounts("F", 500, 450, 500, 400), new GroupCounts("M", 500, 200, 500, 50)], new FairnessRules());
        var report = GateVerdict.Decide(Rules, new GateEvidence(new Measured(2000, new Estimate(0.9, 0.88, 0.92)), null, new FairnessReport(Verdict.Fail, 2000, new FairnessRules(), [feature])));

        report.Verdict.ShouldBe(Verdict.Fail);
        report.Reasons().Single().ShouldContain("gender");
    }

    [Fact]
    public void Fairness_WithoutAnyFeature_IsNeverAPass() =>
        GateVerdict.Decide(Rules, new GateEvidence(new Measured(2000, new Estimate(0.9, 0.88, 0.92)), null, new FairnessReport(Verdict.Pass, 2000, new FairnessRules(), [])))
            .Verdict.ShouldBe(Verdict.Inconclusive);

    private static GateReport Decide(Measured candidate) => GateVerdict.Decide(Rules, new GateEvidence(candidate));
}
