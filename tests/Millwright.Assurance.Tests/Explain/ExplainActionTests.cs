using System.Globalization;
using System.Text.Json;
using Millwright.Abstractions.Models;
using Millwright.Testing;

namespace Millwright.Assurance.Tests.Explain;

public sealed class ExplainActionTests : IDisposable
{
    private readonly AssuranceHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task Explain_Model_RanksFeaturesAndReportsRows()
    {
        var run = await _house.RunAsync("explain", new() { ["model"] = Model(), ["table"] = Table(300) }, """{"rows": 100, "examples": 3}""");

        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.Message);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(run.Outputs["explanation"], TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("rows").GetInt32().ShouldBe(100);
        json.RootElement.GetProperty("additivity_error").GetDouble().ShouldBeLessThan(1e-4);
        var importance = json.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("mean_abs_shap").GetDouble()).ToArray();
        importance.Length.ShouldBe(8);
        importance.ShouldBe(importance.OrderDescending());
        json.RootElement.GetProperty("examples").EnumerateArray().Select(example => example.GetProperty("row").GetInt32()).ShouldBe([0, 99, 198]);
    }

    [Fact]
    public async Task Explain_FileThatIsNoModel_SaysSo()
    {
        var folder = Directory.CreateDirectory(_house.Folder["broken"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.XGBoost), "not a model", TestContext.Current.CancellationToken);

        var run = await _house.RunAsync("explain", new() { ["model"] = folder, ["table"] = Table(10) });

        run.Result.Problem!.Code.ShouldBe("model.malformed");
    }

    [Fact]
    public async Task Explain_TableWithoutTheFeatures_NamesThem()
    {
        var run = await _house.RunAsync("explain", new() { ["model"] = Model(), ["table"] = _house.Predictions("p.csv", 10, 1) });

        run.Result.Problem!.Details.ShouldContain(detail => detail.Key == "f0");
    }

    private string Model()
    {
        var folder = Directory.CreateDirectory(_house.Folder["model"]).FullName;
        File.Copy(Path.Combine(Golden.Area("stats"), "models", "telco-binary.json"), Path.Combine(folder, ModelFiles.XGBoost), overwrite: true);
        return folder;
    }

    private string Table(int rows)
    {
        var random = new Random(5);
        var lines = Enumerable.Range(0, rows).Select(_ => string.Join(',', Enumerable.Range(0, 8).Select(_ => (random.NextDouble() * 80).ToString("0.##", CultureInfo.InvariantCulture))));
        File.WriteAllLines(_house.Folder["rows.csv"], lines.Prepend(string.Join(',', Enumerable.Range(0, 8).Select(index => $"f{index}"))));
        return _house.Folder["rows.csv"];
    }
}
