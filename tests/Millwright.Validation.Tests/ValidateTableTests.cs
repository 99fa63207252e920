using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.DuckDb;
using Millwright.Testing;
using Millwright.Validation.Expectations;
using Millwright.Validation.Results;
using Millwright.Validation.Validate;

namespace Millwright.Validation.Tests;

public sealed class ValidateTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mw-validate").FullName;
    private readonly DuckDbTables _tables = new();

    [Fact]
    public async Task Validate_UnknownExpectation_IsAResultAndNotSilence()
    {
        var result = await ValidateAsync("""{"type": "expect_column_values_to_be_nice", "kwargs": {"column": "a"}}""", "a\n1\n");
        result.IsValid.ShouldBeFalse();
        var entry = result.ToJson()["results"]![0]!;
        entry["success"]!.GetValue<bool>().ShouldBeFalse();
        entry["exception_info"]!["expect_column_values_to_be_nice"]!["exception_message"]!.ToString().ShouldContain("not known");
    }

    [Fact]
    public async Task Validate_PatternThatIsNone_LeavesTheOthersJudged()
    {
        var result = await ValidateAsync(
            """
            {"type": "expect_column_values_to_match_regex", "kwargs": {"column": "a", "regex": "("}},
            {"type": "expect_column_max_to_be_between", "kwargs": {"column": "b", "max_value": 3}}
            """,
            "a,b\nx,1\ny,3\n");
        result.Expectations.Select(expectation => (expectation.IsMet, expectation.Raised is null)).ShouldBe([(false, false), (true, true)]);
    }

    [Theory]
    [InlineData("grp=='A'", 2)]
    [InlineData("grp != \"A\"", 3)]
    [InlineData("n >= 2 and not (grp == 'B' or grp.isnull())", 1)]
    [InlineData("`n` in [1, 4, 5]", 3)]
    [InlineData("n not in (1, 2)", 3)]
    [InlineData("col(\"grp\").notNull() and n<5", 4)]
    [InlineData("(n > 1) & ~(n > 3)", 2)]
    [InlineData("n == 'x'", 0)]
    [InlineData("n > -1", 5)]
    public async Task Validate_RowCondition_CountsOnlyItsRows(string condition, int rows)
    {
        var result = await ValidateAsync(Conditional(condition), "grp,n\nA,1\nA,2\nB,3\nB,4\n,5\n");
        result.Expectations[0].Raised.ShouldBeNull();
        result.Expectations[0].Result["element_count"]!.GetValue<long>().ShouldBe(rows);
    }

    [Theory]
    [InlineData("nosuch == 1")]
    [InlineData("n ==")]
    [InlineData("n == 1 1")]
    [InlineData("n.lower()")]
    [InlineData("'; DROP TABLE x")]
    public async Task Validate_WrongRowCondition_IsNamed(string condition) =>
        (await ValidateAsync(Conditional(condition), "grp,n\nA,1\n")).Expectations[0].Raised.ShouldNotBeNull().ShouldContain("row condition");

    [Fact]
    public async Task Validate_NamesWithQuotesAndDots_AreJustNames()
    {
        var result = await ValidateAsync(
            """{"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "it's \"pm2.5\"", "value_set": ["o'clock"]}}""",
            "\"it's \"\"pm2.5\"\"\"\no'clock\n");
        result.IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task Validate_Twice_LeavesNothingBehindInTheEngine()
    {
        await ValidateAsync(Conditional("n > 0"), "grp,n\nA,1\n");
        (await _tables.QueryAsync("SELECT count(*) AS n FROM duckdb_tables()", default)).Value["n"].TextAt(0).ShouldBe("0");
    }

    [Fact]
    public async Task Validate_EmptyTable_MeetsWhatSpeaksOfValues()
    {
        var result = await ValidateAsync(
            """
            {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "a"}},
            {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}}
            """,
            "a\n");
        result.Expectations.Select(expectation => expectation.IsMet).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Describe_MissingColumnAndWrongType_SayWhy()
    {
        var result = await ValidateAsync(
            """
            {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "gone"}},
            {"type": "expect_column_values_to_be_of_type", "kwargs": {"column": "a", "type_": "float64"}},
            {"type": "expect_column_values_to_be_between", "kwargs": {"column": "a", "min_value": 0}}
            """,
            "a\n1\nx\n");
        var lines = result.Broken.Select(BrokenExpectation.Describe).ToList();
        lines[0].ShouldContain("\"gone\"");
        lines[1].ShouldContain("type_='float64': 2 of 2 rows");
        lines[2].ShouldContain("VARCHAR");
    }

    [Theory]
    [InlineData("1\n2\n", true)]
    [InlineData("1\n-2\n", false)]
    public async Task Step_WritesTheResultAndRefusesBrokenData(string rows, bool isValid)
    {
        var suite = Write("suite.json", """{"name": "s", "expectations": [{"type": "expect_column_values_to_be_between", "kwargs": {"column": "a", "min_value": 0}}]}""");
        var output = Path.Combine(_folder, "result.json");
        var context = new StepContext(
            "run", "check", _folder, _folder,
            new Dictionary<string, string> { ["data"] = Write("data.csv", "a\n" + rows), ["suite"] = suite },
            new Dictionary<string, string> { ["result"] = output },
            [],
            new SilentJournal());
        var done = await new ValidateStep(Validator()).RunAsync(context, default);
        done.IsOk.ShouldBe(isValid);
        JsonNode.Parse(await File.ReadAllTextAsync(output))!["success"]!.GetValue<bool>().ShouldBe(isValid);
        if (!isValid)
        {
            done.Problem!.Kind.ShouldBe(ProblemKind.Refused);
            done.Problem.Details.ShouldHaveSingleItem().Message.ShouldBe("a values_to_be_between min_value=0: 1 of 2 rows (50 %), such as row 2: -2");
        }
    }

    public void Dispose()
    {
        _tables.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Conditional(string condition) =>
        new JsonObject
        {
            ["type"] = "expect_column_values_to_be_unique",
            ["kwargs"] = new JsonObject { ["column"] = "n", ["row_condition"] = condition, ["condition_parser"] = "pandas" },
        }.ToJsonString();

    private ValidateTable Validator() => new(_tables, new ExpectationCatalogue(), TimeProvider.System);

    private async Task<ValidationResult> ValidateAsync(string expectations, string csv)
    {
        var suite = Write("suite.json", $$"""{"name": "s", "expectations": [{{expectations}}]}""");
        var result = await Validator().RunAsync(new ValidateRequest(suite, Write("data.csv", csv), ResultFormat.Summary), default);
        result.Problem.ShouldBeNull();
        return result.Value;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class SilentJournal : IStepJournal
    {
        public void Line(string text)
        {
        }

        public void Metric(string name, double value, long step = 0)
        {
        }

        public void Parameter(string name, string value)
        {
        }

        public void Tag(string name, string value)
        {
        }
    }
}
