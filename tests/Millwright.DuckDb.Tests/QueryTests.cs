using Millwright.DuckDb;

namespace Millwright.DuckDb.Tests;

public sealed class QueryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mw-query").FullName;
    private readonly DuckDbTables _tables = new(new DuckDbOptions { MemoryLimitMiB = 512 });

    [Fact]
    public async Task Query_EveryKindOfValue_BecomesNumberOrIsoText()
    {
        var table = (await _tables.QueryAsync(
            "SELECT 1::TINYINT a, 1.25::DECIMAL(9,2) b, sum(2::BIGINT) c, true d, DATE '2024-02-29' e, TIMESTAMP '2024-01-01 10:00:00' f, "
            + "[1, 2] g, TIME '10:11:12' h, 'Zoë has a long name' i, NULL::DOUBLE j, 1.5::DECIMAL(38,1) a",
            default)).Value;
        table.Columns.Select(column => column.Name).ShouldBe(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "a_1"]);
        table.Columns.Select(column => column.TextAt(0))
            .ShouldBe(["1", "1.25", "2", "1", "2024-02-29", "2024-01-01T10:00:00", "[1, 2]", "10:11:12", "Zoë has a long name", null, "1.5"]);
        table["b"].Type.ShouldBe("DECIMAL(9,2)");
    }

    [Theory]
    [InlineData("SELEC 1", "table.syntax")]
    [InlineData("SELECT nosuch", "table.name")]
    [InlineData("SELECT 'x'::INTEGER", "table.value")]
    public async Task Query_Wrong_IsAProblemWithAFix(string sql, string code)
    {
        var problem = (await _tables.QueryAsync(sql, default)).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe(code);
        problem.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Query_Cancelled_StopsTheEngine()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(
            () => _tables.QueryAsync("SELECT count(*) FROM range(1000000) a(i), range(1000000) b(i) WHERE (a.i + b.i) % 7 = 3", stop.Token));
        (await _tables.QueryAsync("SELECT 1", default)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Query_FromManyThreads_AllAnswer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => _tables.QueryAsync($"SELECT sum(i) + {n} AS s FROM range(1000) t(i)", default)));
        answers.Select((answer, n) => answer.Value["s"].TextAt(0) == (499500 + n).ToString()).ShouldAllBe(same => same);
    }

    [Theory]
    [InlineData("out.csv")]
    [InlineData("deep/er/out.parquet")]
    [InlineData("out.jsonl")]
    public async Task Copy_ThenOpen_GivesTheRowsBack(string file)
    {
        var path = Path.Combine(_folder, file);
        (await _tables.CopyAsync("SELECT i AS id, 'n' || i AS name FROM range(1000) t(i)", path, default)).Value.ShouldBe(1000);
        var source = (await _tables.OpenAsync(path, default)).Value;
        (await _tables.QueryAsync($"SELECT count(*) n, sum(id) s FROM {source.Sql}", default)).Value.Columns.Select(column => column.TextAt(0)).ShouldBe(["1000", "499500"]);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public async Task Copy_FailingQuery_LeavesTheOldFile()
    {
        var path = Path.Combine(_folder, "out.csv");
        await File.WriteAllTextAsync(path, "old");
        (await _tables.CopyAsync("SELECT 1 / (i - 500) AS a, CAST('x' || i AS INTEGER) b FROM range(1000) t(i)", path, default)).IsOk.ShouldBeFalse();
        (await File.ReadAllTextAsync(path)).ShouldBe("old");
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public async Task Copy_UnknownExtension_NamesTheKnownOnes() =>
        (await _tables.CopyAsync("SELECT 1", Path.Combine(_folder, "x.xlsx"), default)).Problem!.Fix.ShouldContain(".parquet");

    public void Dispose()
    {
        _tables.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
