using System.Globalization;
using System.Text.Json;
using Millwright.Abstractions.Models;
using Millwright.DuckDb;
using Millwright.Features.Encoding;
using Millwright.Features.Fit;
using Millwright.Testing;
using Millwright.XGBoost.Training;

namespace Millwright.XGBoost.Tests.Training;

public sealed class TrainActionTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly DuckDbTables _tables = new(new DuckDbOptions { MemoryLimitMiB = 512 });
    private StepRun _features = null!;

    public async ValueTask InitializeAsync()
    {
        var data = _folder["data.csv"];
        var random = new Random(3);
        await File.WriteAllLinesAsync(data, Enumerable.Range(0, 2000).Select(row =>
        {
            var (a, b, noise) = (random.NextDouble(), random.Next(3), random.NextDouble());
            var isPositive = a + (b == 1 ? 0.3 : 0) + (noise * 0.4) > 0.8;
            return string.Create(CultureInfo.InvariantCulture, $"{row},{(row % 11 == 0 ? "" : a.ToString("0.####", CultureInfo.InvariantCulture))},{"xyz"[b]},{(isPositive ? "yes" : "no")},{a * 3:0.###}");
        }).Prepend("id,a,b,label,amount"));
        _features = await StepRun.RunAsync(
            new FeaturesAction(_tables), _folder["features"], new Dictionary<string, string> { ["data"] = data },
            """{"label": "label", "positive": "yes", "id": "id", "exclude": ["amount"]}""");
        _features.Result.IsOk.ShouldBeTrue(_features.Result.Problem?.ToString());
    }

    public ValueTask DisposeAsync()
    {
        _tables.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Train_SameInputs_GiveSameBytesWhateverTheThreads()
    {
        const string Told = """{"rounds": 20, "subsample": 0.8, "colsample_bytree": 0.7, "seed": 5, "nthread": THREADS}""";
        var first = await TrainAsync("a", Told.Replace("THREADS", "1"));
        var second = await TrainAsync("b", Told.Replace("THREADS", "1"));
        var third = await TrainAsync("c", Told.Replace("THREADS", "2"));
        Model(second).ShouldBe(Model(first));
        Model(third).ShouldBe(Model(first));
        var other = await TrainAsync("d", Told.Replace("THREADS", "1").Replace("5,", "6,"));
        Model(other).ShouldNotBe(Model(first));
    }

    [Fact]
    public async Task Train_ReportsEveryRound_AndWritesAWholeModelFolder()
    {
        var run = await TrainAsync("model", """{"rounds": 10, "eval_metric": ["auc", "logloss"], "nthread": 1}""");
        var auc = run.Metrics.Where(metric => metric.Name == "train_auc").ToList();
        auc.Select(metric => metric.Step).ShouldBe(Enumerable.Range(0, 10).Select(round => (long)round));
        auc[^1].Value.ShouldBeGreaterThan(auc[0].Value);
        run.Metrics.Count(metric => metric.Name == "validation_logloss").ShouldBe(10);
        Directory.EnumerateFiles(run.Outputs["model"]).Select(Path.GetFileName).Order()
            .ShouldBe([ModelFiles.Encoding, ModelFiles.XGBoost, ModelFiles.Signature]);
        using var model = JsonDocument.Parse(Model(run));
        model.RootElement.GetProperty("learner").GetProperty("feature_names").EnumerateArray().Select(name => name.GetString())
            .ShouldBe(["a", "b=x", "b=y", "b=z"]);
    }

    [Fact]
    public async Task Train_WithEarlyStopping_KeepsTheBestRound()
    {
        var run = await TrainAsync("model", """{"rounds": 2000, "eta": 0.9, "max_depth": 8, "early_stopping": 5, "nthread": 1}""");
        var validation = run.Metrics.Where(metric => metric.Name == "validation_auc").ToList();
        validation.Count.ShouldBeLessThan(2000);
        var best = validation.MaxBy(metric => metric.Value).Step;
        using var model = JsonDocument.Parse(Model(run));
        model.RootElement.GetProperty("learner").GetProperty("gradient_booster").GetProperty("model").GetProperty("trees").GetArrayLength().ShouldBe((int)best + 1);
    }

    [Fact]
    public async Task Train_Cancelled_StopsBetweenRounds()
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(
            "model", """{"rounds": 100000}""", _features.Outputs["table"],
            (run, _) =>
            {
                if (run.Metrics.Count >= 10)
                {
                    stop.Cancel();
                }
            },
            stop.Token));
        File.Exists(Path.Combine(_folder["model"], "model", ModelFiles.XGBoost)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"rounds": 0, "eta": 2}""", "step.parameters", "eta")]
    [InlineData("""{"objective": "nope"}""", "xgboost.refused", "nope")]
    [InlineData("""{"label": "id2"}""", "xgboost.label", "id2")]
    public async Task Train_WrongParameters_AreNamed(string parameters, string code, string named)
    {
        var problem = (await TrainAsync("model", parameters)).Result.Problem.ShouldNotBeNull();
        problem.Code.ShouldBe(code);
        $"{problem.Message} {string.Join(' ', problem.Details)}".ShouldContain(named);
    }

    private static byte[] Model(StepRun run)
    {
        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.ToString());
        return File.ReadAllBytes(Path.Combine(run.Outputs["model"], ModelFiles.XGBoost));
    }

    private Task<StepRun> TrainAsync(string output, string parameters) => RunAsync(output, parameters, _features.Outputs["table"], null, default);

    private Task<StepRun> RunAsync(string output, string parameters, string table, Action<StepRun, string>? watch, CancellationToken ct) => StepRun.RunAsync(
        new TrainAction(_tables, new FeatureEncodings()), _folder[output],
        new Dictionary<string, string> { ["train"] = table, ["validation"] = table, ["encoding"] = _features.Outputs["encoding"] },
        parameters, watch, ct);
}
