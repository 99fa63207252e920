using System.Text.Json;
using Millwright.Abstractions.Serving;
using Millwright.Serving.Infer;

namespace Millwright.Serving.Tests.Infer;

public sealed class OpenInferenceTests : IAsyncLifetime
{
    private readonly Shop _shop = new();

    public async ValueTask InitializeAsync() => await _shop.DeployAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Infer_OneRow_AnswersScoreLabelVersionAndPredictionId()
    {
        var (outcome, json) = await _shop.AskAsync(Shop.Row(before: "\"id\": \"r1\", "));
        outcome.Problem.ShouldBeNull();
        (outcome.Version, outcome.Deployment).ShouldBe(("1", "d1"));
        json.GetProperty("model_name").GetString().ShouldBe("churn");
        json.GetProperty("model_version").GetString().ShouldBe("1");
        json.GetProperty("id").GetString().ShouldBe("r1");
        var outputs = json.GetProperty("outputs").EnumerateArray().ToList();
        outputs.Select(output => output.GetProperty("name").GetString()).ShouldBe(["score", "label"]);

        // 0.1 × 30 + 3 (pro) + 0.5 (new)
        outputs[0].GetProperty("data")[0].GetDouble().ShouldBe(1 / (1 + Math.Exp(-6.5)), 1e-6);
        outputs[1].GetProperty("data")[0].GetString().ShouldBe("leaves");
        var id = json.GetProperty("parameters").GetProperty("prediction_ids").GetString()!;
        var logged = (await _shop.Get<IPredictionLog>().FindAsync(id, default)).ShouldNotBeNull();
        logged.Values.ShouldBe([30.0, 2.5, "pro", 1.0]);
        logged.Columns.ShouldBe(["age", "income", "plan", "is_new"]);
        (logged.Model, logged.Version, logged.Deployment).ShouldBe(("churn", 1, "d1"));
        logged.Score.ShouldBe(outputs[0].GetProperty("data")[0].GetDouble(), 1e-6);
    }

    [Fact]
    public async Task Infer_ManyRowsInAnyOrderOfMembersAndColumns_KeepsRowsTogether()
    {
        var (outcome, json) = await _shop.AskAsync("""
            {"inputs": [
              {"data": [["basic"], ["größer"], ["never seen"]], "datatype": "BYTES", "shape": [3, 1], "name": "plan"},
              {"parameters": {"x": [1, {"y": 2}]}, "data": [0, 1, 2], "name": "age", "shape": [3], "datatype": "INT32"},
              {"name": "income", "shape": [3], "datatype": "FP32", "data": [null, 2, 3.5]}], "outputs": [{"name": "score"}]}
            """);
        outcome.Problem.ShouldBeNull(outcome.Problem?.ToString());
        double[] margins = [1, 2.1, 0.2];
        var scores = json.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(score => score.GetDouble()).ToList();
        scores.Count.ShouldBe(3);
        for (var row = 0; row < 3; row++)
        {
            scores[row].ShouldBe(1 / (1 + Math.Exp(-margins[row])), 1e-6);
        }

        var ids = json.GetProperty("parameters").GetProperty("prediction_ids").GetString()!.Split(',');
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        (await _shop.Get<IPredictionLog>().FindAsync(ids[2], default))!.Values.ShouldBe([2.0, 3.5, "never seen", double.NaN]);
        (await _shop.Get<IPredictionLog>().FindAsync(ids[0], default))!.Values.ShouldBe([0.0, double.NaN, "basic", double.NaN]);
    }

    [Theory]
    [InlineData("""{"inputs": []}""", "inference.shape", "no rows")]
    [InlineData("", "inference.json", "JSON")]
    [InlineData("[]", "inference.body", "object")]
    [InlineData("""{"rows": 1}""", "inference.body", "inputs")]
    [InlineData("""{"inputs": {}}""", "inference.body", "list")]
    [InlineData("""{"inputs": [1]}""", "inference.body", "Input 0")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "data": [1]}]}""", "inference.body", "datatype")]
    [InlineData("""{"inputs": [{"name": "height", "shape": [1], "datatype": "FP64", "data": [1]}]}""", "inference.names", "height")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "FLOAT", "data": [1]}]}""", "inference.body", "FLOAT")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "BOOL", "data": [1]}]}""", "inference.datatype", "age")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "FP64", "data": [1.5]}]}""", "inference.type", "1.5")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [2], "datatype": "INT64", "data": [1]}]}""", "inference.shape", "shape says 2")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": [1, 2]}]}""", "inference.shape", "2 values")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1, 3], "datatype": "INT64", "data": [1, 2, 3]}]}""", "inference.shape", "[n, 1]")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [-1], "datatype": "INT64", "data": []}]}""", "inference.shape", "[n, 1]")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": ["x"]}]}""", "inference.type", "\"x\"")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": [1.5]}]}""", "inference.type", "1.5")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "UINT8", "data": [300]}]}""", "inference.range", "UINT8")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": [null]}]}""", "inference.missing", "age")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": [NaN]}]}""", "inference.nan", "NaN")]
    [InlineData("""{"inputs": [{"name": "income", "shape": [1], "datatype": "FP64", "data": [-Infinity]}]}""", "inference.nan", "Infinity")]
    [InlineData("""{"inputs": [{"name": "income", "shape": [1], "datatype": "FP64", "data": [1e300]}]}""", "inference.range", "income")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": [1]}]}""", "inference.names", "plan")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": [1]}, {"name": "age", "shape": [1], "datatype": "INT64", "data": [1]}]}""", "inference.names", "twice")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": [1]}, {"name": "plan", "shape": [2], "datatype": "BYTES", "data": ["a", "b"]}]}""", "inference.shape", "plan")]
    [InlineData("""{"inputs": [{"name": "age", "shape": [1], "datatype": "INT64", "data": [1]}""", "inference.json", "JSON")]
    [InlineData("""{"inputs": []} x""", "inference.json", "JSON")]
    [InlineData("""{"id": 7, "inputs": []}""", "inference.body", "id")]
    public async Task Infer_WrongRequest_SaysWhatAndHow(string body, string code, string named)
    {
        var (outcome, json) = await _shop.AskAsync(body);
        var problem = outcome.Problem.ShouldNotBeNull();
        problem.Code.ShouldBe(code, problem.Message);
        problem.Message.ShouldContain(named);
        problem.Fix.ShouldNotBeEmpty();
        json.ValueKind.ShouldBe(JsonValueKind.Undefined);
        outcome.IsModelFailure.ShouldBeFalse();
    }

    [Fact]
    public async Task Infer_AnyCutOrChangedByte_NeverThrows()
    {
        var body = Shop.Row(before: "\"id\": \"r\", \"parameters\": {\"key\": \"k\"}, ");
        var random = new Random(1);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(body);
            var broken = round % 2 == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            if (broken.Length > 0)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            var output = new System.Buffers.ArrayBufferWriter<byte>();
            var outcome = await _shop.Get<InferRows>().RunAsync(new InferRequest(InferProtocol.OpenInference, "churn", broken), output, default);
            (outcome.Problem is null).ShouldBe(output.WrittenCount > 0);
        }
    }

    [Fact]
    public async Task Infer_SameKey_SticksToOneVersion_OthersSpread()
    {
        _shop.Split.Clear();
        _shop.Deploy(1, "d1", 50);
        await _shop.DeployAsync("1 0 0 0 0 0 0", "d2", 50);
        var answered = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; round < 200; round++)
        {
            var key = $"k{round % 40}";
            var (outcome, _) = await _shop.AskAsync(Shop.Row(before: $"\"parameters\": {{\"key\": \"{key}\"}}, "));
            outcome.Version.ShouldBe(answered.GetValueOrDefault(key, outcome.Version));
            answered[key] = outcome.Version;
        }

        answered.Values.Distinct().Order().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Infer_UnknownModelOrVersion_IsNotFound()
    {
        (await _shop.AskAsync(Shop.Row(), model: "nosuch")).Outcome.Problem!.Kind.ShouldBe(Abstractions.Results.ProblemKind.NotFound);
        (await _shop.AskAsync(Shop.Row(), version: 9)).Outcome.Problem!.Kind.ShouldBe(Abstractions.Results.ProblemKind.NotFound);
    }

    [Theory]
    [InlineData("throw", "broken")]
    [InlineData("nan", "NaN")]
    public async Task Infer_ModelThatFails_CountsAsItsError(string weights, string named)
    {
        await _shop.DeployAsync(weights, "d2", 0);
        var (outcome, _) = await _shop.AskAsync(Shop.Row(), version: 2);
        outcome.IsModelFailure.ShouldBeTrue();
        outcome.Problem!.Message.ShouldContain(named);
        _shop.Get<IServingStatistics>().Read("d2", 2).Errors.ShouldBe(1);
        (await _shop.AskAsync(Shop.Row(), version: 1)).Outcome.Problem.ShouldBeNull();
        var counts = _shop.Get<IServingStatistics>().Read("d1", 1);
        (counts.Requests, counts.Errors).ShouldBe((1, 0));
        counts.MeanScore.ShouldBe(0.998, 0.01);
        counts.LatencyP99.ShouldBeGreaterThan(0);
        _shop.Get<IServingStatistics>().Reset("d1", 1);
        _shop.Get<IServingStatistics>().Read("d1", 1).Requests.ShouldBe(0);
    }
}
