using System.Runtime.Versioning;
using Millwright.Testing;

namespace Millwright.Cli.Tests.Data;

/// <summary>Replays every recorded scenario with <c>mw data</c> in the place of <c>dvc</c>.</summary>
[Trait("Golden", "dvc")]
[UnsupportedOSPlatform("windows")]
public sealed class DvcGoldenTests
{
    public static TheoryData<string> Scenarios => [.. Find().Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Scenarios))]
    public void Scenario_Replayed_WritesWhatDvcWrote(string name)
    {
        Assert.SkipWhen(Golden.Pending("dvc").Contains(Path.GetFileName(name)), "pending: see tests/golden/pending.md");
        var scenario = new DvcScenario(Path.Combine(Golden.Area("dvc"), name));

        var outcome = scenario.Run($"dotnet '{Path.Combine(AppContext.BaseDirectory, "mw.dll")}' data");

        var differences = scenario.ExpectedSteps().Zip(outcome.Steps).SelectMany(pair => DvcComparison.Steps(pair.First, pair.Second))
            .Concat(outcome.Snapshots.SelectMany(s => DvcComparison.Snapshots(s.Key, scenario.ExpectedSnapshot(s.Key), s.Value)));
        string.Join("\n\n", differences).ShouldBeEmpty();
    }

    [Fact]
    public void Comparison_AFaultInTheFiles_IsFound()
    {
        var right = new DvcSnapshot(["repo/a.dvc\t3\tabc\t0644"], new Dictionary<string, string> { ["repo/a.dvc"] = "x\n" });
        var wrong = new DvcSnapshot(["repo/a.dvc\t3\tabc\t0444"], new Dictionary<string, string> { ["repo/a.dvc"] = "y\n" });

        DvcComparison.Snapshots("final", right, wrong).Count().ShouldBe(3);
        DvcComparison.Snapshots("final", right, right).ShouldBeEmpty();
    }

    private static IEnumerable<string> Find() => Directory.Exists(Golden.Area("dvc"))
        ? Directory.EnumerateFiles(Golden.Area("dvc"), "commands.txt", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Golden.Area("dvc"), Path.GetDirectoryName(file)!))
        : [];
}
