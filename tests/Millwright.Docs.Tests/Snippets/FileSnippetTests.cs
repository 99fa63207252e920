using System.Text.Json;
using Millwright.Docs.Tests.Documents;
using Millwright.Testing;

namespace Millwright.Docs.Tests.Snippets;

[Trait("Needs", "Server")]
public sealed class FileSnippetTests
{
    // A block in a language that no check reads would be believed unread.
    private static readonly string[] Checked = ["sh", "console", "csharp", "yaml", "json"];
    private static readonly string[] NeedNoReader = ["", "text", "mermaid"];

    [Fact]
    public void EveryBlockOfTheDocs_IsInALanguageThatIsChecked() => Document.All
        .SelectMany(page => page.Fences.Where(fence => !Checked.Contains(fence.Language) && !NeedNoReader.Contains(fence.Language)).Select(fence => page.At(fence.Line, fence.Language)))
        .ShouldBeEmpty();

    [Fact]
    public async Task EveryFileOfTheDocs_IsReadByItsReader()
    {
        await using var snippets = await FileSnippets.StartAsync(TestContext.Current.CancellationToken);
        (await snippets.CheckAsync(Document.All, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RequestsOfTheSample_HaveTheColumnsOfItsData()
    {
        var sample = Path.Combine(Golden.Repository, "samples", "churn");
        var header = (await File.ReadAllLinesAsync(Path.Combine(sample, "data", "telco-churn.csv"), TestContext.Current.CancellationToken))[0].Split(',');
        var features = header.Where(column => column is not ("customerID" or "Churn")).ToArray();
        Read("request.json").GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()).ShouldBe(features);
        Read("records.json").GetProperty("dataframe_records")[0].EnumerateObject().Select(cell => cell.Name).ShouldBe(features);

        JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(sample, file))).RootElement;
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
