using System.Text.Json;
using Millwright.Abstractions.Results;

namespace Millwright.Assurance.Tests.Gate;

public sealed class GateActionTests : IDisposable
{
    private readonly AssuranceHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task Gate_GoodCandidate_PassesAndWritesItsReport()
    {
        var run = await _house.RunAsync("gate", new() { ["predictions"] = _house.Predictions("new.csv", 1000, 1) }, """{"threshold": 0.8}""");

        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.Message);
        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(run.Outputs["gate"], TestContext.Current.CancellationToken));
        report.RootElement.GetProperty("verdict").GetString().ShouldBe("pass");
        report.RootElement.GetProperty("checks").GetArrayLength().ShouldBe(2);
        run.Parameters["tag:gate"].ShouldBe("pass");
    }

    [Fact]
    public async Task Gate_PoorCandidate_IsRefusedWithEveryReasonAndKeepsItsReport()
    {
        var run = await _house.RunAsync("gate", new() { ["predictions"] = _house.Predictions("new.csv", 1000, 0.1) }, """{"threshold": 0.8, "min_samples": 5000}""");

        var problem = run.Result.Problem;
        problem.ShouldNotBeNull();
        problem.Kind.ShouldBe(ProblemKind.Refused);
        problem.Code.ShouldBe("gate.fail");
        problem.Details.Select(detail => detail.Key).ShouldBe(["samples", "threshold"]);
        File.Exists(run.Outputs["gate"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Gate_WorseThanTheChampion_IsRefused()
    {
        var run = await _house.RunAsync(
            "gate",
            new() { ["predictions"] = _house.Predictions("new.csv", 2000, 0.5), ["champion"] = _house.Predictions("old.csv", 2000, 1.5, seed: 2) },
            """{"threshold": 0.6, "id": "id"}""");

        run.Result.Problem!.Code.ShouldBe("gate.fail");
        run.Result.Problem.Details.Single().Key.ShouldBe("champion");
    }

    [Fact]
    public async Task Gate_ChampionOnOtherRows_IsInconclusive()
    {
        var run = await _house.RunAsync(
            "gate",
            new() { ["predictions"] = _house.Predictions("new.csv", 2000, 1.5), ["champion"] = _house.Predictions("old.csv", 1999, 1.5) },
            """{"threshold": 0.6}""");

        run.Result.Problem!.Code.ShouldBe("gate.inconclusive");
        run.Result.Problem.Message.ShouldContain("not the same rows");
    }

    [Fact]
    public async Task Gate_ChampionWithoutAnyRow_IsNoChampionYet()
    {
        var champion = _house.Folder["champion.parquet"];
        using var tables = new Millwright.DuckDb.DuckDbTables(null);
        (await tables.CopyAsync("SELECT 0 AS label, 0.0 AS score LIMIT 0", champion, TestContext.Current.CancellationToken)).IsOk.ShouldBeTrue();

        var run = await _house.RunAsync("gate", new() { ["predictions"] = _house.Predictions("new.csv", 1000, 1), ["champion"] = champion }, """{"threshold": 0.8}""");

        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.Message);
    }

    [Fact]
    public async Task Gate_ChampionWhoseScoresAreAllMissing_IsInconclusive()
    {
        var champion = _house.Folder["champion.parquet"];
        using var tables = new Millwright.DuckDb.DuckDbTables(null);
        (await tables.CopyAsync("SELECT range % 2 AS label, CAST('nan' AS DOUBLE) AS score FROM range(1000)", champion, TestContext.Current.CancellationToken)).IsOk.ShouldBeTrue();
        var run = await _house.RunAsync("gate", new() { ["predictions"] = _house.Predictions("new.csv", 1000, 1), ["champion"] = champion }, """{"threshold": 0.8}""");

        run.Result.Problem!.Code.ShouldBe("gate.inconclusive");
        run.Result.Problem.Message.ShouldContain("1000 rows of the champion");
    }

    [Theory]
    [InlineData("1,1,0.7,F,Yes", "0 negative")]
    [InlineData("1,0,nan,F,Yes", "no finite score")]
    public async Task Gate_CheckThatCannotRun_IsInconclusive(string line, string reason)
    {
        var path = _house.Predictions("new.csv", 500, 1, line: row => line.Contains("nan", StringComparison.Ordinal) && row > 3 ? $"{row},{row % 2},0.{row % 7},F,Yes" : line);
        var run = await _house.RunAsync("gate", new() { ["predictions"] = path }, """{"threshold": 0}""");

        run.Result.Problem!.Code.ShouldBe("gate.inconclusive");
        run.Result.Problem.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Gate_AccuracyOfTheSameModelTwice_PassesAgainstItself()
    {
        var path = _house.Predictions("new.csv", 1000, 1.5);
        var run = await _house.RunAsync("gate", new() { ["predictions"] = path, ["champion"] = path }, """{"threshold": 0.7, "metric": "accuracy"}""");

        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.Message);
    }

    [Fact]
    public async Task Gate_FairnessThatFails_IsRefused()
    {
        var predictions = _house.Predictions("new.csv", 2000, 0, line: row => $"{row},{row / 2 % 2},{(row % 2 == 0 ? 0.9 : 0.1) - row / 2 % 2 * -0.05:0.###},{(row % 2 == 0 ? "F" : "M")},Yes");
        var fairness = await _house.RunAsync("fairness", new() { ["predictions"] = predictions }, """{"sensitive": ["gender"]}""");
        fairness.Result.IsOk.ShouldBeTrue(fairness.Result.Problem?.Message);

        var run = await _house.RunAsync("gate", new() { ["predictions"] = predictions, ["fairness"] = fairness.Outputs["fairness"] }, """{"threshold": 0.5}""");

        run.Result.Problem!.Details.ShouldContain(detail => detail.Key == "fairness" && detail.Message.Contains("gender", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gate_UnknownMetricAndFileThatIsNoReport_AreProblemsWithTheFix()
    {
        var path = _house.Predictions("new.csv", 500, 1);
        (await _house.RunAsync("gate", new() { ["predictions"] = path }, """{"threshold": 0.5, "metric": "r2"}""")).Result.Problem!.Fix.ShouldContain("roc_auc");
        (await _house.RunAsync("gate", new() { ["predictions"] = path, ["fairness"] = path }, """{"threshold": 0.5}""")).Result.Problem!.Code.ShouldBe("report.malformed");
    }
}
