using System.Text;
using Millwright.Abstractions.Results;
using Millwright.Testing;
using Millwright.Validation.Expectations;
using Millwright.Validation.Suites;

namespace Millwright.Validation.Tests;

public sealed class SuiteReaderTests
{
    private readonly SuiteReader _reader = new(new ExpectationCatalogue(), TimeProvider.System);

    [Fact]
    public void Read_BrokenJson_NamesTheLine()
    {
        var problem = Refuse("{\n \"name\": \"s\",\n \"expectations\": [\n  {\"type\": }\n ]\n}");
        problem.Code.ShouldBe("suite.syntax");
        problem.Details.ShouldHaveSingleItem().Line.ShouldBe(4);
    }

    [Fact]
    public void Read_SeveralErrors_NamesAllWithLineAndKey()
    {
        var problem = Refuse("""
            {
              "name": "s",
              "expectations": [
                {"type": "expect_column_values_to_be_between", "kwargs": {"column": "a",
                  "min_value": "soon"}},
                {"kwargs": {}},
                {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "a", "values": [1]}},
                {"type": "expect_column_values_to_be_unique", "kwargs": ["a"]},
                {"type": "expect_column_mean_to_be_between", "kwargs": {"column": 5, "max_value": {"$PARAMETER": "top"}}}
              ]
            }
            """);
        problem.Code.ShouldBe("suite.invalid");
        problem.Details.Select(detail => (detail.Line, detail.Key)).ShouldBe(
        [
            (5, "min_value"), (6, "expectations[1].type"), (7, "values"), (8, "expectations[3].kwargs"), (9, "max_value"), (9, "column"), (9, "max_value"),
        ]);
        problem.Details.ShouldAllBe(detail => detail.File == "suite.json");
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{}", "expectations")]
    [InlineData("", "JSON")]
    public void Read_NoSuite_SaysWhatOneIs(string text, string said)
    {
        var problem = Refuse(text);
        string.Join(' ', problem.Details.Select(detail => detail.ToString()).Prepend(problem.Message)).ShouldContain(said);
    }

    [Theory]
    [InlineData("""{"name": "a", "expectations": [{"type": "expect_column_to_exist", "kwargs": {"column": "x"}}]}""", SuiteVersion.V1)]
    [InlineData("""{"expectation_suite_name": "a", "expectations": [{"expectation_type": "expect_column_to_exist", "kwargs": {"column": "x"}}]}""", SuiteVersion.V0)]
    public void Read_BothSpellings_GiveTheSameSuite(string text, SuiteVersion version)
    {
        var suite = Read(text).Value;
        suite.ShouldSatisfyAllConditions(
            () => suite.Name.ShouldBe("a"),
            () => suite.Version.ShouldBe(version),
            () => suite.Expectations.ShouldHaveSingleItem().Type.ShouldBe("expect_column_to_exist"));
    }

    [Theory]
    [InlineData("{\"name\": \"\\ud800\", \"expectations\": []}")]
    [InlineData("{\"\\ud800\": 1, \"expectations\": []}")]
    [InlineData("{\"name\": \"s\", \"expectations\": [\n{\"type\": \"expect_column_to_exist\", \"kwargs\": {\"column\": \"\\udc00\"}}]}")]
    [InlineData("{\"name\": \"s\", \"expectations\": [\n{\"type\": \"expect_column_to_exist\", \"kwargs\": {\"column\": \"a\", \"column\": \"b\"}}]}")]
    public void Read_TextThatJsonAllowsButNoStringHolds_IsExplained(string text) => ShouldBeReadOrExplained(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Read_DeepExpression_IsExplained()
    {
        var deep = string.Concat(Enumerable.Repeat("(-", 200_000));
        var problem = Refuse("""{"name": "s", "expectations": [{"type": "expect_column_max_to_be_between", "kwargs": {"column": "a", "max_value": {"$PARAMETER": "DEEP"}}}]}""".Replace("DEEP", deep, StringComparison.Ordinal));
        problem.Details[0].Line.ShouldBe(1);
    }

    [Fact]
    public void Read_Corrupted_IsReadOrItsErrorsHaveLines()
    {
        const string Valid = """
            {"name": "s\u00e9", "meta": {"a": [1]},
             "expectations": [
              {"type": "expect_column_values_to_be_between", "kwargs": {"column": "a", "min_value": 1, "mostly": 0.9}, "id": "x"},
              {"type": "expect_column_max_to_be_between", "kwargs": {"column": "b", "max_value": {"$PARAMETER": "abs(2) * 3"}}}
             ]}
            """;
        foreach (var text in Corruptions.Of(Valid, "[]{}:,\"\\-1\n\0"))
        {
            ShouldBeReadOrExplained(Encoding.UTF8.GetBytes(text));
        }

        var bytes = Encoding.UTF8.GetBytes(Valid);
        for (var at = 0; at < bytes.Length; at++)
        {
            ShouldBeReadOrExplained([.. bytes[..at], 0xE9, .. bytes[(at + 1)..]]);
        }
    }

    private void ShouldBeReadOrExplained(byte[] json)
    {
        if (_reader.Read(json, "suite.json").Problem is { } problem)
        {
            var text = Encoding.UTF8.GetString(json);
            problem.Details.ShouldNotBeEmpty(text);
            problem.Details.ShouldAllBe(detail => detail.File == "suite.json" && detail.Line > 0, text);
        }
    }

    [Fact]
    public async Task Read_MissingFile_SaysSo() =>
        (await _reader.ReadAsync("no/such/suite.json", null, default)).Problem!.Code.ShouldBe("suite.missing");

    private Problem Refuse(string text) => Read(text).Problem.ShouldNotBeNull();

    private Result<ExpectationSuite> Read(string text) => _reader.Read(Encoding.UTF8.GetBytes(text), "suite.json");
}
