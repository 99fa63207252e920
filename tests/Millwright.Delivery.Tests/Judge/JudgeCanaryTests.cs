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

    private static CanaryVerdict Judge(long requests, long errors) => JudgeCanary.Run(Rules, Seen(requests, errors));

    private static CanaryEvidence Seen(long requests, long errors, double p99 = 2) =>
        new(TimeSpan.FromSeconds(11), new ServingCounts(requests, errors, 1, p99, 0.3));
}
