using Millwright.DuckDb;
using Millwright.Features.Sql;
using Millwright.Testing;

namespace Millwright.Features.Tests.Sql;

public sealed class SqlActionTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly DuckDbTables _tables = new(new DuckDbOptions { MemoryLimitMiB = 512 });

    public void Dispose()
    {
        _tables.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sql_OverTwoInputs_SeesThemUnderTheirNames()
    {
        var prices = Path.Combine(_folder.Path, "prices.csv");
        File.WriteAllLines(prices, ["contract,price", "One year,10", "Month-to-month,12"]);
        var run = await StepRun.RunAsync(
            new SqlAction(_tables), _folder.Path,
            new Dictionary<string, string> { ["customers"] = Customers.Write(_folder.Path), ["price list"] = prices },
            """{"query": "WITH old AS (SELECT * FROM customers WHERE tenure >= 10)\nSELECT id, price FROM old JOIN \"price list\" USING (contract) ORDER BY tenure; -- cheap"}""".Replace("; -- cheap", " -- cheap"));
        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.ToString());
        var table = (await _tables.QueryAsync($"SELECT * FROM {(await _tables.OpenAsync(run.Outputs["out"], default)).Value.Sql}", default)).Value;
        table.Rows.ShouldBe(20);
        table["id"].TextAt(0).ShouldBe("c10");
    }

    [Theory]
    [InlineData("""{"query": ""}""", "step.parameters")]
    [InlineData("""{"query": "SELECT nosuch FROM customers"}""", "table.name")]
    public async Task Sql_Wrong_IsAProblem(string parameters, string code)
    {
        var run = await StepRun.RunAsync(
            new SqlAction(_tables), _folder.Path, new Dictionary<string, string> { ["customers"] = Customers.Write(_folder.Path) }, parameters);
        run.Result.Problem.ShouldNotBeNull().Code.ShouldBe(code);
    }
}
