using Millwright.Abstractions.Models;
using Millwright.Abstractions.Steps;
using Millwright.Abstractions.Tables;
using Millwright.Testing;

namespace Millwright.Serving.Tests.Batch;

public sealed class PredictActionTests : IAsyncLifetime
{
    private readonly Shop _shop = new();

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_shop.Folder["model"]);
        File.WriteAllText(_shop.Folder["model/linear.txt"], "0 0.1 0 1 2 3 0.5");
        File.WriteAllText(_shop.Folder["model/encoding.json"], Shop.Encoding);
        File.WriteAllText(_shop.Folder["model/signature.json"], """{"inputs": [], "outputs": [], "classes": ["stays", "leaves"]}""");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Predict_RawTable_GivesWhatServingAnswers()
    {
        File.WriteAllLines(_shop.Folder["rows.csv"], ["id,age,income,plan,is_new,left", "a,30,2.5,pro,true,leaves", "b,0,,basic,false,stays"]);
        var run = await PredictAsync("model");
        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.ToString());
        var tables = _shop.Get<ITableEngine>();
        var table = (await tables.QueryAsync($"SELECT * FROM {(await tables.OpenAsync(run.Outputs["predictions"], default)).Value.Sql}", default)).Value;
        table.Columns.Select(column => column.Name).ShouldBe([PredictionColumns.RowId, PredictionColumns.Label, PredictionColumns.Score, "plan"]);
        ((NumberColumn)table[PredictionColumns.Label]).Values.ShouldBe([1.0, 0.0]);
        table["plan"].TextAt(1).ShouldBe("basic");

        await _shop.DeployAsync();
        var (_, served) = await _shop.AskAsync(Shop.Row());
        ((NumberColumn)table[PredictionColumns.Score]).Values[0].ShouldBe(served.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle());
    }

    [Fact]
    public async Task Predict_TableOfAnotherShape_NamesTheColumns()
    {
        File.WriteAllLines(_shop.Folder["rows.csv"], ["id,age", "a,30"]);
        var problem = (await PredictAsync("model")).Result.Problem.ShouldNotBeNull();
        problem.Code.ShouldBe("features.columns");
        problem.Details.Select(detail => detail.Key).ShouldBe(["income", "plan", "is_new"]);
    }

    private Task<StepRun> PredictAsync(string model) => StepRun.RunAsync(
        _shop.GetAll<IStepAction>().Single(action => action.Name == "predict"), _shop.Folder["out"],
        new Dictionary<string, string> { ["model"] = _shop.Folder[model], ["table"] = _shop.Folder["rows.csv"] });
}
