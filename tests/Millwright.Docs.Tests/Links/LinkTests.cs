using Millwright.Docs.Tests.Documents;

namespace Millwright.Docs.Tests.Links;

public sealed class LinkTests
{
    [Fact]
    public void EveryLinkAndPathOfTheDocs_LeadsSomewhere() => Document.All.SelectMany(LinkedFiles.Check).ShouldBeEmpty();

    [Fact]
    public void Docs_AreFound()
    {
        var pages = Document.All.Select(page => page.Path).ToList();
        foreach (var page in (string[])["README.md", "CONTRIBUTING.md", "docs/tutorial.md", "docs/practices.md", "docs/architecture.md", "docs/reference/cli.md"])
        {
            pages.ShouldContain(page);
        }
    }

    [Theory]
    [InlineData("See [there](docs/nowhere.md).", "leads nowhere")]
    [InlineData("![Picture](docs/images/nothing.png)", "leads nowhere")]
    [InlineData("See [there](#no-such-heading).", "no heading")]
    [InlineData("See `src/Foundation/Nothing/A.cs`.", "there is no")]
    [InlineData("See `docs/adr/9999-*.md` and `docs/nothing/*.md`.", "there is no")]
    public void PlantedMistake_IsFound(string text, string complaint) =>
        LinkedFiles.Check(new Document("planted.md", $"# A heading\n{text}\n")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            found => found.ShouldStartWith("planted.md:2: "), found => found.ShouldContain(complaint));

    [Fact]
    public void PlantedMistakeInAList_IsFound() => LinkedFiles
        .Check(new Document("planted.md", "```\nsrc/Capabilities/Millwright.Registry/Promote/     the use case\nsrc/Capabilities/Millwright.Registry/Nothing/     none\n```\n"))
        .ShouldHaveSingleItem().ShouldStartWith("planted.md:3: ");

    [Fact]
    public void GoodLinks_AreLeftAlone() => LinkedFiles
        .Check(new Document("planted.md", "# A heading\n[a](#a-heading) [b](docs/adr) [c](https://example.org) `src/Capabilities/Millwright.X/Promote/` `tests/golden/AREA`\n"))
        .ShouldBeEmpty();
}
