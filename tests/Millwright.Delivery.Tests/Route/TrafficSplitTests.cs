using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Delivery.Route;

namespace Millwright.Delivery.Tests.Route;

public sealed class TrafficSplitTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Route_RaisedWeight_OnlyMovesKeysToTheCandidate() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Three().Select(keys => (keys.Item1.Get + keys.Item2.Get, keys.Item3.Get)).ToArbitrary(),
        Gen.Choose(1, 99).Two().ToArbitrary(),
        (keys, shares) =>
        {
            var (less, more) = (Split(Math.Min(shares.Item1, shares.Item2)), Split(Math.Max(shares.Item1, shares.Item2)));
            return new[] { keys.Item1, keys.Item2 }.Where(key => key.Length > 0)
                .All(key => less.Route("churn", key)!.Version == 1 || more.Route("churn", key)!.Version == 2);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Route_SameKey_SameAnswer() => Prop.ForAll<NonEmptyString>(key =>
    {
        var split = Split(37);
        return split.Route("churn", key.Get) == split.Route("churn", key.Get);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(99)]
    public void Route_ManyKeys_SharesAreTheWeights(int percent)
    {
        var split = Split(percent);
        Share(split, index => $"customer-{index:00000}").ShouldBe(percent / 100.0, 0.01);
        Share(split, _ => "").ShouldBe(percent / 100.0, 0.001);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(37)]
    [InlineData(50)]
    [InlineData(90)]
    [InlineData(99)]
    public void Route_KeysOfAnyForm_FitTheWeightsByChiSquared(int percent)
    {
        (string Form, Func<int, string> Key)[] forms =
        [
            ("numbers", index => index.ToString(CultureInfo.InvariantCulture)),
            ("padded", index => $"customer-{index:0000000}"),
            ("mail", index => $"user{index}@example.com"),
            ("ids", index => new Guid(index, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]).ToString()),
            ("letters", index => new string((char)('a' + index % 26), 1 + index / 26)),
            ("no key", _ => ""),
        ];
        const int Keys = 20_000;
        foreach (var (form, key) in forms)
        {
            var split = Split(percent, $"candidate of {form}");
            double candidate = Enumerable.Range(0, form == "letters" ? 5_000 : Keys).Count(index => split.Route("churn", key(index))!.Version == 2);
            var (all, expected) = form == "letters" ? (5_000, 5_000 * percent / 100.0) : (Keys, Keys * percent / 100.0);
            var chiSquared = Math.Pow(candidate - expected, 2) / expected + Math.Pow(candidate - expected, 2) / (all - expected);

            // One degree of freedom; the keys are fixed, so that this either always holds or never.
            chiSquared.ShouldBeLessThan(15.13, $"{form}: {candidate} of {all} at {percent} %, p < 0.0001");
        }
    }

    [Fact]
    public void Route_AnotherRollout_TriesOtherCallers()
    {
        var (first, second) = (Split(10, "a"), Split(10, "b"));
        var both = Enumerable.Range(0, 10_000).Count(index => first.Route("churn", $"k{index}")!.Version == 2 && second.Route("churn", $"k{index}")!.Version == 2);
        both.ShouldBeInRange(50, 150);
    }

    [Fact]
    public void Route_NotDeployed_IsNull() => Split(10).Route("other", "key").ShouldBeNull();

    private static double Share(TrafficSplit split, Func<int, string> key) =>
        Enumerable.Range(0, 20_000).Count(index => split.Route("churn", key(index))!.Version == 2) / 20_000.0;

    private static TrafficSplit Split(int percent, string candidate = "candidate")
    {
        var split = new TrafficSplit();
        split.Refresh(new Fixed([
            At("champion", 1, 100) with { State = DeploymentState.Live },
            At(candidate, 2, percent),
        ]));
        return split;
    }

    private static Deployment At(string id, int version, int percent) =>
        new(new DeploymentId(id), "churn", version, new RolloutPlan([percent, 100], new CanaryRules()), new Actor("ada"), Monday);

    private sealed class Fixed(ImmutableArray<Deployment> deployments) : IDeploymentStore
    {
        public Deployment? Find(DeploymentId id) => deployments.FirstOrDefault(deployment => deployment.Id == id);

        public IReadOnlyList<Deployment> List(DeploymentQuery query) => deployments;

        public IReadOnlyList<Deployment> InTraffic() => deployments;

        public IReadOnlyList<RecordedVerdict> Verdicts(DeploymentId id) => [];

        public Task<Result<Done>> SaveAsync(DeploymentChange change, CancellationToken ct) => throw new NotSupportedException();

        public Task RecordAsync(RecordedVerdict verdict, CancellationToken ct) => throw new NotSupportedException();
    }
}
