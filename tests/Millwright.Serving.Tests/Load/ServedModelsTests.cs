using Millwright.Abstractions.Models;
using Millwright.Abstractions.Serving;
using Millwright.Serving.Load;

namespace Millwright.Serving.Tests.Load;

public sealed class ServedModelsTests : IAsyncLifetime
{
    private readonly Shop _shop = new(options => options with { SpareVersions = 1 });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task WarmUp_VersionThatCannotAnswer_IsAProblem()
    {
        var good = await _shop.DeployAsync(percent: 0);
        (await WarmUpAsync(good)).ShouldBeNull();
        (await WarmUpAsync(77)).ShouldBe("model.unknown");
        (await WarmUpAsync(await _shop.RegisterAsync(new Dictionary<string, string> { ["notes.txt"] = "x" }))).ShouldBe("model.format");
        (await WarmUpAsync(await _shop.RegisterAsync(new Dictionary<string, string> { [Shop.LinearFormat.FileName] = "0 1 2", [ModelFiles.Encoding] = Shop.Encoding }))).ShouldBe("model.features");
        (await WarmUpAsync(await _shop.RegisterAsync(new Dictionary<string, string> { [ModelFiles.XGBoost] = "I am no model" }))).ShouldNotBeNull();
        (await WarmUpAsync(await _shop.RegisterAsync(new Dictionary<string, string> { [Shop.LinearFormat.FileName] = "1 1", [ModelFiles.Encoding] = "{}" }))).ShouldBe("encoding.malformed");
    }

    [Fact]
    public async Task Infer_ModelWithoutEncoding_TakesItsFeaturesByNumber()
    {
        _shop.Deploy(await _shop.RegisterAsync(new Dictionary<string, string> { [Shop.LinearFormat.FileName] = "0 1 2" }));
        var (outcome, json) = await _shop.AskAsync("""
            {"inputs": [{"name": "f0", "shape": [1], "datatype": "FP32", "data": [0.5]}, {"name": "f1", "shape": [1], "datatype": "FP32", "data": [0.25]}]}
            """);
        outcome.Problem.ShouldBeNull();
        json.GetProperty("outputs").GetArrayLength().ShouldBe(1);
        json.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble().ShouldBe(1 / (1 + Math.Exp(-1)), 1e-6);
    }

    [Fact]
    public async Task Loaded_VersionsWithoutTraffic_AreUnloadedTheLongestUnusedFirst()
    {
        for (var version = 1; version <= 4; version++)
        {
            await _shop.DeployAsync(percent: version == 1 ? 100 : 0);
        }

        _shop.Split.RemoveRange(1, 3);
        foreach (var version in new[] { 1, 2, 3, 4, 2 })
        {
            (await _shop.AskAsync(Shop.Row(), version: version)).Outcome.Problem.ShouldBeNull();
        }

        _shop.Get<ServedModels>().Loaded.Select(loaded => loaded.Version).Order().ShouldBe([1, 2, 4]);
    }

    [Fact]
    public async Task Infer_ManyAtOnceWhileVersionsComeAndGo_AllAnswer()
    {
        for (var version = 1; version <= 4; version++)
        {
            await _shop.DeployAsync(percent: version == 1 ? 100 : 0);
        }

        _shop.Split.RemoveRange(1, 3);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var round = 0; round < 300; round++)
            {
                (await _shop.AskAsync(Shop.Row(), version: 1 + ((round + worker) % 4))).Outcome.Problem.ShouldBeNull();
            }
        })));
        var answered = 0;
        await foreach (var prediction in _shop.Get<IPredictionLog>().ReadAsync("churn", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default))
        {
            answered++;
            prediction.Score.ShouldBeGreaterThan(0.9);
        }

        answered.ShouldBe(1200);
    }

    private async Task<string?> WarmUpAsync(int version) =>
        (await _shop.Get<IServableModels>().WarmUpAsync("churn", version, default)).Problem?.Code;
}
