using Millwright.Abstractions.Models;
using Millwright.Abstractions.Tables;
using Millwright.DuckDb;
using Millwright.Features.Encoding;
using Millwright.Features.Fit;
using Millwright.Testing;

namespace Millwright.Features.Tests.Fit;

public sealed class FeaturesActionTests : IDisposable
{
    private const string Told = """{"label": "churn", "positive": "Yes", "id": "id", "keep": ["gender", "tenure"]}""";

    private readonly ScratchFolder _folder = new();
    private readonly DuckDbTables _tables = new(new DuckDbOptions { MemoryLimitMiB = 512 });

    public void Dispose()
    {
        _tables.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Features_OfMixedColumns_WritesEncodedTableWithLabelIdAndKeptColumns()
    {
        var run = await FitAsync(Told);
        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.ToString());
        var table = await ReadAsync(run.Outputs["table"]);
        table.Rows.ShouldBe(40);
        table.Columns.Select(column => column.Name).ShouldBe(
        [
            "id", "churn", "gender", "tenure", "charges", "contract=Month-to-month", "contract=One year", "contract=Two year, paid \"up front\"",
            "gender=Female", "gender=Male",
        ]);
        table["churn"].TextAt(0).ShouldBe("1");
        table["churn"].TextAt(1).ShouldBe("0");
        table["charges"].IsMissing(3).ShouldBeTrue();
        table["gender"].TextAt(1).ShouldBe("Male");
        table["gender=Male"].TextAt(1).ShouldBe("1");
        table["contract=Two year, paid \"up front\""].TextAt(2).ShouldBe("1");
    }

    [Fact]
    public async Task Features_Signature_SaysTypesAndWhatMayBeMissing()
    {
        var run = await FitAsync(Told);
        var signature = SignatureJson.Read(run.Outputs["encoding"]).Value;
        signature.Inputs.ShouldBe(
        [
            new("tenure", "long"), new("charges", "double", Required: false), new("contract", "string"), new("gender", "string"),
        ]);
        signature.Classes.ShouldBe(["No", "Yes"]);
    }

    [Fact]
    public async Task EncodedTable_EqualsWhatServingEncodes_RowByRow()
    {
        var run = await FitAsync(Told);
        var encoder = new FeatureEncodings().Load(run.Outputs["encoding"]).Value;
        var raw = (await FeatureTable.OpenAsync(_tables, Path.Combine(_folder.Path, "customers.csv"), encoder, default)).Value;
        var encoded = (await FeatureTable.OpenAsync(_tables, run.Outputs["table"], encoder, default)).Value;
        (raw.IsEncoded, encoded.IsEncoded).ShouldBe((false, true));
        (await encoded.ReadAsync(0, 100, [], default)).Value.Vectors.ShouldBe((await raw.ReadAsync(0, 100, [], default)).Value.Vectors);
    }

    [Fact]
    public async Task Features_SameInputTwice_GivesSameBytes()
    {
        var (first, second) = (await FitAsync(Told, "a"), await FitAsync(Told, "b"));
        foreach (var file in new[] { ModelFiles.Encoding, ModelFiles.Signature })
        {
            File.ReadAllBytes(Path.Combine(first.Outputs["encoding"], file)).ShouldBe(File.ReadAllBytes(Path.Combine(second.Outputs["encoding"], file)));
        }

        File.ReadAllBytes(first.Outputs["table"]).ShouldBe(File.ReadAllBytes(second.Outputs["table"]));
    }

    [Fact]
    public async Task Features_WithFittedEncoding_AppliesIt()
    {
        var fitted = await FitAsync(Told, "a");
        var few = Path.Combine(_folder.Path, "few.csv");
        File.WriteAllLines(few, ["id,tenure,charges,contract,gender", "x,5,1.5,never seen,Male", "y,6,,One year,"]);
        var run = await StepRun.RunAsync(
            new FeaturesAction(_tables), Path.Combine(_folder.Path, "b"),
            new Dictionary<string, string> { ["data"] = few, ["encoding"] = fitted.Outputs["encoding"] });
        run.Result.IsOk.ShouldBeTrue(run.Result.Problem?.ToString());
        var table = await ReadAsync(run.Outputs["table"]);
        table.Find("churn").ShouldBeNull();
        table["contract=One year"].TextAt(0).ShouldBe("0");
        table["contract=One year"].TextAt(1).ShouldBe("1");
        (table["gender=Male"].TextAt(1), table["gender=Female"].TextAt(1)).ShouldBe(("0", "0"));
    }

    [Theory]
    [InlineData("""{"label": "churned"}""", "features.column", "churned")]
    [InlineData("""{"label": "churn"}""", "features.positive", "Yes")]
    [InlineData("""{"label": "churn", "positive": "Maybe"}""", "features.positive", "Maybe")]
    [InlineData("""{"label": "churn", "positive": "Yes", "max_categories": 20}""", "features.categories", "id")]
    [InlineData("""{"label": "churn", "positive": "Yes", "max_categories": "many", "missing": "mean"}""", "step.parameters", "max_categories")]
    [InlineData("""{"exclude": ["id", "tenure", "charges", "contract", "gender", "churn"]}""", "features.none", "column")]
    public async Task Features_WrongParameters_AreNamed(string parameters, string code, string named)
    {
        var problem = (await FitAsync(parameters)).Result.Problem.ShouldNotBeNull();
        problem.Code.ShouldBe(code);
        $"{problem.Message} {string.Join(' ', problem.Details)}".ShouldContain(named);
        Directory.Exists(Path.Combine(_folder.Path, "out", "encoding")).ShouldBeFalse();
    }

    [Fact]
    public void Load_OfSomethingElse_IsAProblem()
    {
        File.WriteAllText(Path.Combine(_folder.Path, ModelFiles.Encoding), """{"format": "other/2"}""");
        new FeatureEncodings().Load(_folder.Path).Problem.ShouldNotBeNull().Code.ShouldBe("encoding.malformed");
        new FeatureEncodings().Load(Path.Combine(_folder.Path, "none")).Problem.ShouldNotBeNull().Code.ShouldBe("encoding.missing");
    }

    private async Task<StepRun> FitAsync(string parameters, string output = "out") => await StepRun.RunAsync(
        new FeaturesAction(_tables), Path.Combine(_folder.Path, output),
        new Dictionary<string, string> { ["data"] = Customers.Write(_folder.Path) }, parameters);

    private async Task<Table> ReadAsync(string path) =>
        (await _tables.QueryAsync($"SELECT * FROM {(await _tables.OpenAsync(path, default)).Value.Sql}", default)).Value;
}
