using Millwright.Abstractions.Monitoring;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Judge;

namespace Millwright.Delivery.Tests.Judge;

public sealed class JudgeCanaryTests
{
    private static readonly CanaryRules Rules = new() { BakeTime = TimeSpan.FromSeconds(10), MinimumRequests = 100 };

    [Theory]
    [InlineData(3, 3, CanaryMove.RollBack)] // three of three is no chance
    [InlineData(3, 1, CanaryMove.Wait)] // one of three may be
    [InlineData(1000, 5, CanaryMove.Advance)]
    [InlineData(1000, 12, CanaryMove.Wait)] // above the limit, but not surely
    [InlineData(1000, 30, CanaryMove.RollBack)]
    public void ErrorRate_DecidesOnlyWhatChanceDoesNotExplain(long requests, long errors, CanaryMove move) =>
        Judge(requests, errors).Move.ShouldBe(move);

    [Fact]
    public void ErrorRate_ChampionErrsAsMuch_IsNotHeldAgainstTheCandidate() =>
        JudgeCanary.Run(Rules, Seen(1000, 30) with { Champion = new ServingCounts(9000, 300, 1, 2, 0) }).Move.ShouldBe(CanaryMove.Advance);

    [Theory]
    [InlineData(50, 20, CanaryMove.RollBack)]
    [InlineData(9, 2, CanaryMove.Advance)] // 4.5 times, but nobody minds 9 ms
    [InlineData(30, 20, CanaryMove.Advance)]
    public void Latency_RatioAndFloor(double own, double champion, CanaryMove move) =>
        JudgeCanary.Run(Rules, Seen(1000, 0, own) with { Champion = new ServingCounts(9000, 0, 1, champion, 0) }).Move.ShouldBe(move);

    [Fact]
    public void Verdict_LastStep_Promotes() => JudgeCanary.Run(Rules, Seen(1000, 0) with { IsLastStep = true }).Move.ShouldBe(CanaryMove.Promote);

    [Fact]
    public void Verdict_LabelsRequiredButMissing_Waits() =>
        JudgeCanary.Run(Rules with { RequireLabels = true }, Seen(1000, 0) with { Champion = new ServingCounts(9000, 0, 1, 2, 0) })
            .ShouldSatisfyAllConditions(verdict => verdict.Move.ShouldBe(CanaryMove.Wait), verdict => verdict.Reason.ShouldContain("labels"));

    [Theory]
    [InlineData(9, 1000, CanaryOutcome.Inconclusive, "bake_time")]
    [InlineData(11, 99, CanaryOutcome.Inconclusive, "sample")]
    [InlineData(11, 100, CanaryOutcome.Pass, "")]
    public void Verdict_BeforeBakeTimeOrSample_IsInconclusiveAndSaysWhichIsMissing(int seconds, long requests, CanaryOutcome outcome, string open)
    {
        var verdict = JudgeCanary.Run(Rules, new CanaryEvidence(TimeSpan.FromSeconds(seconds), new ServingCounts(requests, 0, 1, 2, 0.3)));
        verdict.Outcome.ShouldBe(outcome);
        verdict.Checks.Where(check => check.Outcome is CanaryOutcome.Inconclusive).Select(check => check.Name).ShouldBe(open.Length == 0 ? [] : [open]);
        verdict.Move.ShouldBe(outcome is CanaryOutcome.Pass ? CanaryMove.Advance : CanaryMove.Wait);
    }

    [Fact]
    public void Verdict_NoRequestsAtAll_Waits() => Judge(0, 0).ShouldSatisfyAllConditions(
        verdict => verdict.Move.ShouldBe(CanaryMove.Wait), verdict => verdict.Outcome.ShouldBe(CanaryOutcome.Inconclusive));

    [Fact]
    public void Latency_TooFewRequestsForAPercentile_IsInconclusive()
    {
        var verdict = JudgeCanary.Run(Rules with { MinimumRequests = 200 }, Seen(99, 0, 500) with { Champion = new ServingCounts(9000, 0, 1, 2, 0) });
        verdict.Checks.Single(check => check.Name == "latency_p99").Outcome.ShouldBe(CanaryOutcome.Inconclusive);
        verdict.Move.ShouldBe(CanaryMove.Wait);
    }

    [Fact]
    public void Labels_BelowTheMinimum_AreNotCompared()
    {
        var (few, many) = (Labelled(49, good: false), Labelled(200, good: true));
        Names(few, many).ShouldNotContain("roc_auc");
        Names(Labelled(50, good: false), many).ShouldContain("roc_auc");
        Names(new LabelledScores([.. Enumerable.Repeat(0.5, 60)], [.. Enumerable.Repeat(1, 60)]), many).ShouldNotContain("roc_auc", "one class has no ROC");

        static IEnumerable<string> Names(LabelledScores own, LabelledScores other) => JudgeCanary.Run(
            Rules, Seen(1000, 0) with { Champion = new ServingCounts(9000, 0, 1, 2, 0), CandidateLabels = own, ChampionLabels = other }).Checks.Select(check => check.Name);
    }

    [Fact]
    public void Labels_SlightlyWorseOnFewRows_DoNotDecide()
    {
        var verdict = JudgeCanary.Run(Rules, Seen(1000, 0) with
        {
            Champion = new ServingCounts(9000, 0, 1, 2, 0), CandidateLabels = Labelled(60, good: true, noise: 0.9), ChampionLabels = Labelled(60, good: true, noise: 0.8),
        });
        verdict.Move.ShouldBe(CanaryMove.Advance, "labels judge when they come, and these say nothing for sure");
        verdict.Checks.Single(check => check.Name == "roc_auc").ShouldSatisfyAllConditions(
            check => check.Outcome.ShouldNotBe(CanaryOutcome.Fail), check => check.Low!.Value.ShouldBeLessThan(check.Value!.Value), check => check.High!.Value.ShouldBeGreaterThan(check.Value!.Value));
    }

    private static LabelledScores Labelled(int count, bool good, double noise = 0.1)
    {
        var random = new Random(count);
        var labels = Enumerable.Range(0, count).Select(index => index % 2).ToList();
        return new LabelledScores([.. labels.Select(label => (good ? label : 1 - label) * (1 - noise) + random.NextDouble() * noise)], labels);
    }

    private static CanaryVerdict Judge(long requests, long errors) => JudgeCanary.Run(Rules, Seen(requests, errors));

    private static CanaryEvidence Seen(long requests, long errors, double p99 = 2) =>
        new(TimeSpan.FromSeconds(11), new ServingCounts(requests, errors, 1, p99, 0.3));
}
