using Millwright.Docs.Tests.Documents;

namespace Millwright.Docs.Tests.Snippets;

public sealed class CodeSnippetTests
{
    [Fact]
    public async Task EverySnippetOfTheDocs_Compiles() =>
        (await CodeSnippets.CheckAsync(Document.All, TestContext.Current.CancellationToken)).ShouldBeEmpty();

    [Fact]
    public async Task PlantedMistakes_AreFoundAtTheirLines()
    {
        var page = new Document("planted.md", """
            # Planted

            ```csharp
            var p = Pipeline.Named("good");
            return await p.RunAsync(args);
            ```

            ```csharp
            var p = Pipeline.Named("bad");
            p.NoSuchThing();
            ```

            ```csharp
            public sealed class OrderTests
            {
                [Fact]
                public void Order_Total_IsPositive() => 1.ShouldBe("one", 2);
            }
            ```
            """);
        var found = await CodeSnippets.CheckAsync([page], TestContext.Current.CancellationToken);
        found.Count.ShouldBe(2);
        found[0].ShouldStartWith("planted.md(10,");
        found[0].ShouldContain("NoSuchThing");
        found[1].ShouldStartWith("planted.md(17,");
    }
}
