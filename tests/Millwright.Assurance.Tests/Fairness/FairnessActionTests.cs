using System.Text.Json;

namespace Millwright.Assurance.Tests.Fairness;

public sealed class FairnessActionTests : IDisposable
{
    private readonly AssuranceHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task Fairness_Predictions_ReportsGroupsWithIntervals()
    {
        var run = await _house.RunAsync("fairness", new() { ["predictions"] = _house.Predictions("p.csv", 2000, 1) }, """{"sensitive": ["gender"], "demographic_parity_difference": 0.2, "equalized_odds_difference": 0.2}""");

        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.Message);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(run.Outputs["fairness"], TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("verdict").GetString().ShouldBe("pass");
        var group = json.RootElement.GetProperty("features")[0].GetProperty("groups")[0];
        group.GetProperty("group").GetString().ShouldBe("F");
        group.GetProperty("n").GetInt32().ShouldBe(1000);
        var rate = group.GetProperty("selection_rate");
        rate.GetProperty("low").GetDouble().ShouldBeLessThan(rate.GetProperty("value").GetDouble());
        run.Metrics.ShouldContain(metric => metric.Name == "demographic_parity_difference.gender");
    }

    [Fact]
    public async Task Fairness_PredictionColumn_StandsInForTheScore()
    {
        var run = await _house.RunAsync(
            "fairness", new() { ["predictions"] = _house.Predictions("p.csv", 400, 1) },
            """{"sensitive": "gender", "label": "outcome", "prediction": "outcome", "positive": "Yes", "score": "none"}""");

        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.Message);
        run.Metrics.Single(metric => metric.Name == "equalized_odds_difference.gender").Value.ShouldBe(0);
    }

    [Fact]
    public async Task Fairness_UnknownSensitiveColumn_IsNamed()
    {
        var run = await _house.RunAsync("fairness", new() { ["predictions"] = _house.Predictions("p.csv", 100, 1) }, """{"sensitive": ["age"]}""");

        run.Result.Problem!.Message.ShouldContain("'age'");
    }
}
