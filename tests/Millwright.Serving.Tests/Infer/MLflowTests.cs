using Millwright.Serving.Infer;

namespace Millwright.Serving.Tests.Infer;

public sealed class MLflowTests : IAsyncLifetime
{
    private readonly Shop _shop = new();

    public async ValueTask InitializeAsync() => await _shop.DeployAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("""{"dataframe_split": {"index": [0, 1], "columns": ["id", "plan", "age", "income"], "data": [["a", "pro", 0, null], ["b", "basic", 10, 1.5]]}}""")]
    [InlineData("""{"dataframe_split": {"data": [["pro", 0], ["basic", 10]], "columns": ["plan", "age"]}, "params": {"key": "k"}}""")]
    [InlineData("""{"dataframe_records": [{"age": 0, "plan": "pro", "extra": [1]}, {"plan": "basic", "is_new": false, "age": 10}]}""")]
    [InlineData("""{"inputs": {"age": [0, 10], "plan": ["pro", "basic"], "other": [1, 2]}}""")]
    [InlineData("""{"inputs": [{"age": 0, "plan": "pro"}, {"age": 10, "plan": "basic"}]}""")]
    [InlineData("""{"instances": [[0, null, "pro", null], [10, 3, "basic", false]]}""")]
    public async Task Invocations_EveryShapeOfBody_GivesTheSamePredictions(string body)
    {
        var (outcome, json) = await _shop.AskAsync(body, InferProtocol.MLflow, model: null);
        outcome.Problem.ShouldBeNull(outcome.Problem?.ToString());
        var scores = json.GetProperty("predictions").EnumerateArray().Select(score => score.GetDouble()).ToList();
        scores.Count.ShouldBe(2);
        scores[0].ShouldBe(1 / (1 + Math.Exp(-3)), 1e-6);
        scores[1].ShouldBe(1 / (1 + Math.Exp(-2)), 1e-6);
        json.GetProperty("prediction_ids").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("{}", "inference.body", "dataframe_split")]
    [InlineData("""{"inputs": 1}""", "inference.body", "inputs")]
    [InlineData("""{"inputs": [], "instances": []}""", "inference.body", "both")]
    [InlineData("""{"dataframe_records": []}""", "inference.shape", "no rows")]
    [InlineData("""{"dataframe_split": {"columns": ["age"]}}""", "inference.body", "data")]
    [InlineData("""{"dataframe_split": {"columns": ["age", "plan"], "data": [[1]]}}""", "inference.shape", "Row 0")]
    [InlineData("""{"dataframe_split": {"columns": ["age", "age"], "data": [[1, 1]]}}""", "inference.names", "twice")]
    [InlineData("""{"dataframe_records": [{"age": 1, "plan": "pro"}, {"age": 1}]}""", "inference.missing", "row 1")]
    [InlineData("""{"inputs": {"age": [1, 2], "plan": ["pro"]}}""", "inference.shape", "plan")]
    [InlineData("""{"inputs": {"age": 1, "plan": ["pro"]}}""", "inference.shape", "age")]
    [InlineData("""{"instances": [[1, 2, "pro"]]}""", "inference.shape", "expected 4")]
    [InlineData("""{"dataframe_records": [{"age": "thirty", "plan": "pro"}]}""", "inference.type", "thirty")]
    public async Task Invocations_WrongBody_SaysWhatAndHow(string body, string code, string named)
    {
        var problem = (await _shop.AskAsync(body, InferProtocol.MLflow)).Outcome.Problem.ShouldNotBeNull();
        problem.Code.ShouldBe(code, problem.Message);
        problem.Message.ShouldContain(named);
    }
}
