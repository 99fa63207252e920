using Millwright.Abstractions.Tables;
using Millwright.DuckDb;
using Millwright.Features.Split;
using Millwright.Testing;

namespace Millwright.Features.Tests.Split;

public sealed class SplitActionTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly DuckDbTables _tables = new(new DuckDbOptions { MemoryLimitMiB = 512 });

    public void Dispose()
    {
        _tables.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("id")]
    [InlineData("")]
    public async Task Split_AfterRowsWereAdded_KeepsEveryRowOnItsSide(string id)
    {
        var parameters = $$"""{"id": "{{id}}", "test": 0.3, "seed": 7}""";
        var (_, fewTest) = await SplitAsync(300, parameters);
        var (_, manyTest) = await SplitAsync(500, parameters);
        manyTest.Where(row => int.Parse(row[1..]) < 300).ShouldBe(fewTest);
        ((double)manyTest.Count / 500).ShouldBeInRange(0.22, 0.38);
    }

    [Fact]
    public async Task Split_IsAPartitionInTheOrderOfTheTable()
    {
        var (train, test) = await SplitAsync(200, "{}");
        train.Concat(test).OrderBy(row => int.Parse(row[1..])).ShouldBe(Enumerable.Range(0, 200).Select(row => $"c{row}"));
        train.ShouldBe(train.OrderBy(row => int.Parse(row[1..])));
        var (_, other) = await SplitAsync(200, """{"seed": 43}""");
        other.ShouldNotBe(test);
    }

    [Fact]
    public async Task Split_Stratified_KeepsTheShares()
    {
        var (_, test) = await SplitAsync(400, """{"id": "id", "test": 0.25, "stratify": "churn"}""");
        test.Count(row => int.Parse(row[1..]) % 4 == 0).ShouldBe(25);
        test.Count.ShouldBe(100);
    }

    [Theory]
    [InlineData("""{"id": "nosuch"}""", "split.column")]
    [InlineData("""{"test": 1.5}""", "step.parameters")]
    [InlineData("""{"test": 0.000001}""", "split.empty")]
    public async Task Split_Wrong_IsAProblem(string parameters, string code)
    {
        var run = await RunAsync(20, parameters);
        run.Result.Problem.ShouldNotBeNull().Code.ShouldBe(code);
    }

    private Task<StepRun> RunAsync(int rows, string parameters) => StepRun.RunAsync(
        new SplitAction(_tables), _folder.Path, new Dictionary<string, string> { ["table"] = Customers.Write(_folder.Path, rows) }, parameters);

    private async Task<(List<string> Train, List<string> Test)> SplitAsync(int rows, string parameters)
    {
        var run = await RunAsync(rows, parameters);
        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.ToString());
        return (await IdsAsync(run.Outputs["train"]), await IdsAsync(run.Outputs["test"]));
    }

    private async Task<List<string>> IdsAsync(string path)
    {
        var table = (await _tables.QueryAsync($"SELECT id FROM {(await _tables.OpenAsync(path, default)).Value.Sql}", default)).Value;
        return [.. ((TextColumn)table["id"]).Values.Select(id => id!)];
    }
}
