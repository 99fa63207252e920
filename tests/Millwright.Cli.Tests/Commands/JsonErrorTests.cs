using System.Text.Json;
using Millwright.Cli.Commands;
using Millwright.Testing;

namespace Millwright.Cli.Tests.Commands;

/// <summary>With <c>--json</c> an error is the one document on standard output, of one shape for every command; people read it on standard error.</summary>
public sealed class JsonErrorTests
{
    [Theory]
    [InlineData("ledgr", "usage.unknown", 2)]
    [InlineData("ledger serch", "usage.unknown", 2)]
    [InlineData("ledger search --lmit 3", "usage.unknown", 2)]
    [InlineData("ledger search a b", "usage.extra", 2)]
    [InlineData("run", "usage.missing", 2)]
    [InlineData("model show", "usage.missing", 2)]
    [InlineData("ledger verify", "project.none", 2)]
    [InlineData("run pipelines/p.yaml", "project.none", 2)]
    [InlineData("model promote churn 1 --stage production", "project.none", 2)]
    [InlineData("deploy churn", "project.none", 2)]
    [InlineData("trace run:x", "project.none", 2)]
    [InlineData("server", "project.none", 2)]
    [InlineData("validate none.json none.csv", "suite.missing", 2)]
    [InlineData("drift none.csv none.csv", "table.missing", 2)]
    [InlineData("schedule next nonsense", null, 2)]
    [InlineData("data push", "data.no-repository", 253)]
    [InlineData("data pull", "data.no-repository", 253)]
    [InlineData("data add x", "data.no-repository", 253)]
    public async Task Error_WithJson_IsTheOneDocument(string line, string? code, int exit)
    {
        using var folder = new ScratchFolder();
        var screen = new RecordingScreen();
        string[] where = line.StartsWith("data", StringComparison.Ordinal) ? ["data", "--cd", folder.Path, .. line.Split(' ')[1..], "--json"] : [.. line.Split(' '), "--json", "--project", folder.Path];
        (await CommandLine.RunAsync(where, screen, TimeProvider.System)).ShouldBe(exit, screen.Err);
        var problem = JsonDocument.Parse(screen.Out).RootElement;
        problem.EnumerateObject().Select(member => member.Name).ShouldBe(["status", "title", "code", "fix", "details"]);
        problem.GetProperty("code").GetString().ShouldBe(code ?? problem.GetProperty("code").GetString());
        problem.GetProperty("status").GetInt32().ShouldBeInRange(400, 499);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("fix").GetString().ShouldNotBeNullOrWhiteSpace();
        screen.Err.ShouldContain("fix: ");
    }

    [Theory]
    [InlineData("run", "'mw run' needs FILE.")]
    [InlineData("model promote", "'mw model promote' needs NAME and VERSION.")]
    public async Task MissingArguments_AreNamedWithAnExample(string line, string said)
    {
        var screen = new RecordingScreen();
        (await CommandLine.RunAsync(line.Split(' '), screen, TimeProvider.System)).ShouldBe(2);
        screen.Err.ShouldStartWith($"error: {said}");
        screen.Err.ShouldContain($"fix: Write for example 'mw {line} ");
    }

    [Fact]
    public async Task Error_OfDvcsOwnJson_LeavesStandardOutputEmptyAsDvcDoes()
    {
        using var folder = new ScratchFolder();
        var screen = new RecordingScreen();
        (await CommandLine.RunAsync(["data", "--cd", folder.Path, "status", "--json"], screen, TimeProvider.System)).ShouldBe(253);
        screen.Out.ShouldBeEmpty();
        screen.Err.ShouldContain("fix: ");
    }
}
