using Millwright.Docs.Tests.Documents;

namespace Millwright.Docs.Tests.Snippets;

[Trait("Needs", "Server")]
public sealed class FileSnippetTests
{
    // A block in a language that no check reads would be believed unread.
    private static readonly string[] Read = ["sh", "console", "csharp", "yaml", "json"];
    private static readonly string[] NeedNoReader = ["", "text", "mermaid"];

    [Fact]
    public void EveryBlockOfTheDocs_IsInALanguageThatIsChecked() => Document.All
        .SelectMany(page => page.Fences.Where(fence => !Read.Contains(fence.Language) && !NeedNoReader.Contains(fence.Language)).Select(fence => page.At(fence.Line, fence.Language)))
        .ShouldBeEmpty();

    [Fact]
    public async Task EveryFileOfTheDocs_IsReadByItsReader()
    {
        await using var snippets = await FileSnippets.StartAsync(TestContext.Current.CancellationToken);
        (await snippets.CheckAsync(Document.All, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task PlantedMistakes_AreFound()
    {
        await using var snippets = await FileSnippets.StartAsync(TestContext.Current.CancellationToken);
        var page = new Document("planted.md", """
            ```yaml
            # pipelines/train.yaml
            steps:
              - { name: check, uses: validat, inputs: { data: data/customers.csv } }
            ```

            ```yaml
            # millwright.yaml
            delivry:
              steps: [10]
            ```

            ```yaml
            steps: []
            ```

            ```json
            { "name": "a", "expectations": [ { "type": "expect_column_to_exist", "kwargs": {} } ] }
            ```
            """);
        var found = await snippets.CheckAsync([page], TestContext.Current.CancellationToken);
        found.Count.ShouldBe(4);
        found[0].ShouldContain("validat");
        found[1].ShouldContain("delivry");
        found[2].ShouldContain("first line");
        found[3].ShouldContain("column");
    }
}
