using Millwright.Docs.Tests.Documents;

namespace Millwright.Docs.Tests.Names;

public sealed class NameTests
{
    private static Document Page(string path) => Document.All.Single(page => page.Path == path);

    [Fact]
    public void EveryTestOfTheDocs_Exists() => Document.All.SelectMany(NamedThings.CheckTests).ShouldBeEmpty();

    [Fact]
    public void EveryTypeOfTheArchitecture_Exists() => NamedThings.CheckTypes(Page("docs/architecture.md")).ShouldBeEmpty();

    [Fact]
    public void EveryPractice_HasATestOrIsToCome() => NamedThings.CheckRows(Page("docs/practices.md")).ShouldBeEmpty();

    [Fact]
    public void PlantedMistakes_AreFound()
    {
        NamedThings.CheckTests(new Document("planted.md", "`NameTests.PlantedMistakes_AreFound` `NameTests.Nothing_IsThere`")).ShouldHaveSingleItem().ShouldContain("Nothing_IsThere");
        NamedThings.CheckTypes(new Document("planted.md", "`IModelCatalog`, `Relational`, `XModule`, `AddX`, `IModelCatalogue`")).ShouldHaveSingleItem().ShouldContain("IModelCatalogue");
        NamedThings.CheckRows(new Document("planted.md", "| Practice | Here | Test |\n|---|---|---|\n| a | b | `NameTests.X` |\n| a | b | to come: x |\n| a | b | |\n"))
            .ShouldHaveSingleItem().ShouldStartWith("planted.md:5");
    }
}
