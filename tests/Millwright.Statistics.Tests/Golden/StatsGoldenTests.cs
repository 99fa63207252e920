using Millwright.Testing.Stats;

namespace Millwright.Statistics.Tests.Golden;

/// <summary>Every case of every topic but explanations of models, which need a model file's reader.</summary>
[Trait("Golden", "stats")]
public sealed class StatsGoldenTests
{
    private static readonly Dictionary<string, Func<StatsCase, object?>> Kinds = new(
        [.. TwoSampleKinds.All, .. MetricKinds.All, .. ComparisonKinds.All, .. FairnessKinds.All], StringComparer.Ordinal);

    public static TheoryData<string, string> Cases() => new(StatsCase.Discover(topic => topic != "explain"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_OfATool_GivesItsValues(string file, string name)
    {
        var golden = StatsCase.Get(file, name);
        if (golden.IsPending())
        {
            Assert.Skip($"pending: {golden.Kind}");
        }

        Kinds.ShouldContainKey(golden.Kind, $"the kind '{golden.Kind}' is neither supported nor listed in pending.md");
        if (golden.IsRefused)
        {
            var refusal = Should.Throw<ArgumentException>(() => Kinds[golden.Kind](golden));
            refusal.Message.Length.ShouldBeGreaterThan(10);
            return;
        }

        StatsComparison.Differences(golden, Kinds[golden.Kind](golden)).ShouldBeEmpty();
    }
}
