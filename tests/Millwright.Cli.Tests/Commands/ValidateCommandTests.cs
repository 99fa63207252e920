using System.Text.Json;
using Millwright.Cli.Commands;
using Millwright.Testing;

namespace Millwright.Cli.Tests.Commands;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly RecordingScreen _screen = new();

    [Fact]
    public async Task Validate_DataThatKeepsTheSuite_EndsWithZero()
    {
        (await RunAsync(Suite(), File("good.csv", "id,tenure\n1,5\n2,70\n"))).ShouldBe(0);
        _screen.Out.ShouldContain("valid, 2 of 2 expectations met, 2 rows");
    }

    [Fact]
    public async Task Validate_BrokenData_NamesEveryBrokenExpectationWithExamples()
    {
        (await RunAsync(Suite(), File("bad.csv", "id,tenure\n1,5\n1,-3\n3,99\n"))).ShouldBe(1);
        _screen.Out.ShouldContain("id values_to_be_unique: 2 of 3 rows (66.67 %), such as row 1: 1; row 2: 1");
        _screen.Out.ShouldContain("tenure values_to_be_between min_value=0 max_value=72: 2 of 3 rows (66.67 %), such as row 2: -3; row 3: 99");
    }

    [Fact]
    public async Task Validate_Json_IsOneDocumentForOneAndForSeveralFiles()
    {
        var (suite, good, bad) = (Suite(), File("good.csv", "id,tenure\n1,5\n"), File("bad.csv", "id\n1\n"));
        (await RunAsync(suite, good, "--json")).ShouldBe(0);
        JsonDocument.Parse(_screen.Out).RootElement.GetProperty("statistics").GetProperty("success_percent").GetDouble().ShouldBe(100);
        var several = new RecordingScreen();
        (await CommandLine.RunAsync(["validate", suite, good, bad, "--json"], several, TimeProvider.System)).ShouldBe(1);
        JsonDocument.Parse(several.Out).RootElement.GetProperty("validations").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("id,id\n1,2\n", "'id' 2 times")]
    [InlineData("id,tenure\n1\n", "1 field, expected 2")]
    [InlineData("", "is empty")]
    public async Task Validate_MalformedData_EndsWithTwoAndAFix(string text, string said)
    {
        (await RunAsync(Suite(), File("bad.csv", text))).ShouldBe(2);
        _screen.Err.ShouldContain(said);
        _screen.Err.ShouldContain("fix: ");
    }

    [Fact]
    public async Task Validate_MalformedSuite_NamesEveryLine()
    {
        var suite = File("suite.json", """
            {"name": "s", "expectations": [
              {"type": "expect_column_values_to_be_unique", "kwargs": {}},
              {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "id", "mostly": 2}}
            ]}
            """);
        (await RunAsync(suite, File("good.csv", "id\n1\n"))).ShouldBe(2);
        _screen.Err.ShouldContain("suite.json:2: column: ");
        _screen.Err.ShouldContain("suite.json:3: mostly: ");
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(["validate", .. args], _screen, TimeProvider.System);

    private string Suite() => File("customers.json", """
        {"name": "customers", "expectations": [
          {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "id"}},
          {"type": "expect_column_values_to_be_between", "kwargs": {"column": "tenure", "min_value": 0, "max_value": 72}}
        ]}
        """);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
