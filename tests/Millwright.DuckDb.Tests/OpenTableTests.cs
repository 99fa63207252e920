using System.Text;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Tables;
using Millwright.DuckDb;

namespace Millwright.DuckDb.Tests;

public sealed class OpenTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mw[tables]*").FullName;
    private readonly DuckDbTables _tables = new();

    [Fact]
    public async Task Open_GoodFile_SettlesEveryColumnsType()
    {
        var (source, table) = await Read(
            "id,price,name,when,day,flag,gap,big\n1,1.5,Ann,2024-02-29T23:59:59,2024-01-01,True,,12345678901234567890\n"
            + "2,-2e3,\"a, \"\"b\"\"\nc\",2024-01-01 00:00:00.25,2024-01-02,false,NA,1\n");
        source.Columns.Select(column => column.Type).ShouldBe(["BIGINT", "DOUBLE", "VARCHAR", "TIMESTAMP", "DATE", "BOOLEAN", "VARCHAR", "VARCHAR"]);
        table.Rows.ShouldBe(2);
        Row(table, 0).ShouldBe(["1", "1.5", "Ann", "2024-02-29T23:59:59", "2024-01-01", "1", null, "12345678901234567890"]);
        Row(table, 1).ShouldBe(["2", "-2000", "a, \"b\"\nc", "2024-01-01T00:00:00.250000", "2024-01-02", "0", null, "1"]);
    }

    [Fact]
    public async Task Open_ByteOrderMark_IsNotPartOfTheFirstHeader()
    {
        var (source, table) = await Read("\uFEFFid,name\n1,a\n");
        source.Columns[0].Name.ShouldBe("id");
        table["id"].TextAt(0).ShouldBe("1");
    }

    [Theory]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("a,b\n1,x\n\n2,y")]
    [InlineData("a,b\n1,x\r\n2,y\n")]
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\n1\tx\n2\ty\n")]
    [InlineData("a,b\n 1,x\n+2,y\n")]
    public async Task Open_LineEndsAndDelimiters_ReadTheSame(string text)
    {
        var (source, table) = await Read(text);
        source.Columns.ShouldBe([new("a", "BIGINT"), new("b", "VARCHAR")]);
        Row(table, 0).ShouldBe(["1", "x"]);
        Row(table, 1).ShouldBe(["2", "y"]);
        table.Rows.ShouldBe(2);
    }

    [Fact]
    public async Task Open_ATextAfterManyNumbers_MakesTheColumnText()
    {
        var text = new StringBuilder("v\n");
        for (var row = 0; row < 100_000; row++)
            text.Append(row).Append('\n');
        var (source, table) = await Read(text.Append("n/k\n").ToString());
        source.Columns[0].Type.ShouldBe("VARCHAR");
        table.Rows.ShouldBe(100_001);
        table["v"].TextAt(100_000).ShouldBe("n/k");
    }

    [Fact]
    public async Task Open_RowsAcrossBufferBounds_AreAllRead()
    {
        var text = new StringBuilder("id,text\n");
        for (var row = 0; row < 3_000; row++)
            text.Append(row).Append(",\"").Append('é', row % 700).Append("\n\"\"\"\n");
        var (source, table) = await Read(text.ToString());
        source.Columns[0].Type.ShouldBe("BIGINT");
        table.Rows.ShouldBe(3_000);
        table["text"].TextAt(2_999).ShouldBe(new string('é', 2_999 % 700) + "\n\"");
    }

    [Fact]
    public async Task Open_Header_WithoutRows_IsAnEmptyTable()
    {
        var (source, table) = await Read("a,b\n");
        source.Columns.Count.ShouldBe(2);
        table.Rows.ShouldBe(0);
    }

    [Fact]
    public async Task Open_RaggedRows_NamesLinesAndWidths()
    {
        var problem = await Refuse("a,b\n1,2\n1,2,3\n\"x\ny\",1\n5\n");
        problem.Code.ShouldBe("table.ragged");
        problem.Message.ShouldContain("2 rows");
        problem.Details.Select(detail => (detail.Line, detail.Message)).ShouldBe([(3, "3 fields, expected 2."), (6, "1 field, expected 2.")]);
        problem.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Open_NotUtf8_NamesOffsetAndLine()
    {
        var problem = await Refuse([.. "a,b\n1,x\n2,caf"u8, 0xE9, .. "\n"u8]);
        problem.Code.ShouldBe("table.encoding");
        problem.Message.ShouldContain("offset 13");
        problem.Details[0].Line.ShouldBe(3);
    }

    [Fact]
    public async Task Open_Utf16_IsNamed() =>
        (await Refuse([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")])).Message.ShouldContain("UTF-16");

    [Theory]
    [InlineData("a,b,a\n1,2,3\n", "'a' 2 times")]
    [InlineData("id,Id\n1,2\n", "'id' 2 times")]
    public async Task Open_DuplicateHeader_NamesIt(string text, string expected)
    {
        var problem = await Refuse(text);
        problem.Code.ShouldBe("table.duplicate-column");
        problem.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\n")]
    public async Task Open_EmptyFile_SaysSo(string text) => (await Refuse(text)).Code.ShouldBe("table.empty");

    [Fact]
    public async Task Open_MissingFile_SaysSo() =>
        (await _tables.OpenAsync(Path.Combine(_folder, "no.csv"), default)).Problem!.Code.ShouldBe("table.missing");

    [Fact]
    public async Task Open_UnclosedQuote_NamesItsLine()
    {
        var problem = await Refuse("a,b\n1,2\n3,\"x\n4,5\n");
        problem.Code.ShouldBe("table.open-quote");
        problem.Details[0].Line.ShouldBe(3);
    }

    [Fact]
    public async Task Open_ParquetThatIsNone_SaysSo()
    {
        var path = Path.Combine(_folder, "x.parquet");
        await File.WriteAllTextAsync(path, "not parquet");
        (await _tables.OpenAsync(path, default)).Problem!.Code.ShouldBe("table.unreadable");
    }

    public void Dispose()
    {
        _tables.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string?> Row(Table table, int row) => table.Columns.Select(column => column.TextAt(row));

    private async Task<(TableSource Source, Table Table)> Read(string text)
    {
        var path = Path.Combine(_folder, "good.csv");
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var opened = await _tables.OpenAsync(path, default);
        opened.Problem.ShouldBeNull();
        var table = await _tables.QueryAsync($"SELECT * FROM {opened.Value.Sql}", default);
        table.Problem?.Message.ShouldBeNull();
        return (opened.Value, table.Value);
    }

    private Task<Problem> Refuse(string text) => Refuse(Encoding.UTF8.GetBytes(text));

    private async Task<Problem> Refuse(byte[] bytes)
    {
        var path = Path.Combine(_folder, "bad.csv");
        await File.WriteAllBytesAsync(path, bytes);
        return (await _tables.OpenAsync(path, default)).Problem.ShouldNotBeNull();
    }
}
