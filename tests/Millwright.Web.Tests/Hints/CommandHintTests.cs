using Millwright.Web.Layout;
using Millwright.Web.Tests.Browser;

namespace Millwright.Web.Tests.Hints;

/// <summary>A command that a page suggests is one that the command line takes.</summary>
public sealed class CommandHintTests(BrowserFixture browser)
{
    [Fact]
    [Trait("Needs", "Browser")]
    public async Task Hints_OfEveryPage_AreReadByTheCommandLine()
    {
        var project = await browser.ProjectAsync();
        var hints = await HintsAsync(project, EveryPage.All.Values.Select(project.Fill));

        hints.Count.ShouldBeGreaterThan(5);
        hints.Select(hint => hint.Wrong()).OfType<string>().Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Hints_OfAnEmptyProjectAndOfWhatDoesNotExist_AreReadByTheCommandLine()
    {
        await using var project = await RunningProject.StartAsync();
        string[] unknown =
        [
            "/runs/0123456789abcdef0123456789abcdef", "/runs/compare", "/runs/compare?ids=0123456789,abcdef", "/runs?experiment=nobody", "/pipelines/nobody", "/models/nobody",
            "/models/nobody/1", "/deployments/nobody", "/monitoring/nobody", "/monitoring/alerts/nobody", "/ledger/events/999", "/ledger/trace", "/ledger/trace?subject=run:nobody",
        ];
        var hints = await HintsAsync(project, [.. SiteMap.Entries.Select(entry => entry.Address), .. unknown]);

        // Who has nothing yet is told how to begin, in every room.
        SiteMap.Entries.Select(entry => entry.Address).Except(hints.Select(hint => hint.Where)).ShouldBeEmpty();
        hints.Select(hint => hint.Wrong()).OfType<string>().Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Hints_InTheSources_AreReadByTheCommandLine()
    {
        var root = AppContext.BaseDirectory.Split("artifacts")[0];
        var hints = Directory.EnumerateFiles(Path.Combine(root, "src", "Hosts", "Millwright.Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => CommandHint.OfSource(Path.GetFileName(file), File.ReadAllText(file))).ToList();

        hints.Count.ShouldBeGreaterThan(15);
        hints.Select(hint => hint.Wrong()).OfType<string>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<code>mw pipeline logs 0199ab gate</code>", "logs")]
    [InlineData("<p><code>mw model aprove churn 1</code></p>", "aprove")]
    [InlineData("<code>mw deploy start churn</code>", "churn")]
    [InlineData("<code>mw runs list --experimant train</code>", "--experimant")]
    [InlineData("<code>mw nonsense</code>", "nonsense")]
    [InlineData("<code>mw logs</code>", "logs")]
    [InlineData("<div class='note'>Something is wrong. List them with 'mw modles list'.</div>", "modles")]
    public void Hint_PlantedFault_IsFound(string html, string named) =>
        CommandHint.Of("/planted", html).ShouldHaveSingleItem().Wrong().ShouldNotBeNull().ShouldContain(named);

    [Theory]
    [InlineData("<code>mw pipeline logs @Id @Step</code>")]
    [InlineData("<Empty Title=\"x\" Command=\"@($\"mw monitor shaw {Model}\")\">text</Empty>")]
    [InlineData("<Empty Title=\"x\" Command=\"mw deploy start churn\" />")]
    public void Source_PlantedFault_IsFound(string razor) => CommandHint.OfSource("Planted.razor", razor).ShouldHaveSingleItem().Wrong().ShouldNotBeNull();

    private static async Task<IReadOnlyList<CommandHint>> HintsAsync(RunningProject project, IEnumerable<string> paths)
    {
        var hints = new List<CommandHint>();
        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Accept", "text/html");
            using var answer = await project.Http.SendAsync(request);
            hints.AddRange(CommandHint.Of(path, await answer.Content.ReadAsStringAsync()));
        }

        return hints;
    }
}
