using Millwright.Docs.Tests.Documents;

namespace Millwright.Docs.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void EveryCommandOfTheDocs_IsReadByTheCommandLine() => Document.All.SelectMany(CommandLines.Check).ShouldBeEmpty();

    [Fact]
    public void Docs_ShowManyCommands() => Document.All.Sum(CommandLines.Count).ShouldBeGreaterThan(50);

    [Theory]
    [InlineData("mw modle list", "no command 'modle'")]
    [InlineData("mw model promte churn 1", "'promte'")]
    [InlineData("mw model promote churn one", "one")]
    [InlineData("mw model promote churn", "needs VERSION")]
    [InlineData("git init && mw run train.yaml --parm a=b", "--parm")]
    [InlineData("mw data add", "required: targets")]
    [InlineData("mw data remote ad store ../store", "mw data remote ad")]
    [InlineData("mw data push --jbos 4", "--jbos")]
    public void PlantedMistake_IsFound(string command, string complaint)
    {
        var page = new Document("planted.md", $"# Planted\n\n```console\n$ {command}\noutput\n```\n");
        CommandLines.Check(page).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            found => found.ShouldStartWith("planted.md:4: "), found => found.ShouldContain(complaint));
    }

    [Fact]
    public void PlantedMistakeInASpan_IsFound() =>
        CommandLines.Check(new Document("planted.md", "Use `mw model` and `mw data remote add`, then `mw modle`.")).ShouldHaveSingleItem().ShouldContain("modle");

    [Theory]
    [InlineData("mw data add 'a b.csv' | tee x > log 2> err # done", "mw data add a b.csv|tee x")]
    [InlineData("MILLWRIGHT_ACTOR=bob mw model list; echo \"a && b\"", "mw model list|echo a && b")]
    [InlineData("source <(mw completion bash)", "source|mw completion bash")]
    [InlineData("mw server --port 0 &", "mw server --port 0")]
    public void ShellText_IsSplitIntoCommands(string line, string expected) =>
        string.Join('|', ShellText.Commands(line).Select(words => string.Join(' ', words))).ShouldBe(expected);
}
