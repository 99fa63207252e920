using System.Net;
using Microsoft.Playwright;

namespace Millwright.Web.Tests.Browser;

/// <summary>Which of two runs is better, and because of what.</summary>
[Trait("Needs", "Browser")]
public sealed class CompareRunsTests(BrowserFixture browser)
{
    [Fact]
    public async Task Compare_TwoTickedRunsWithoutScripts_ShowsWhatDiffersAndMarksTheBest()
    {
        var project = await browser.ProjectAsync();
        await using var watched = await browser.OpenAsync("/runs", scripts: false);
        var page = watched.Page;
        foreach (var run in (string[])["run", "failed"])
        {
            await page.Locator($"input[name=ids][value='{project.Known[run]}']").CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();

        var differing = page.Locator("tr.differs", new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = "min_auc" }) });
        await Assertions.Expect(differing.Locator("td")).ToHaveTextAsync(["90", "80"]);
        var auc = page.Locator("tr.differs", new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = "auc (differs)", Exact = true }) });
        await Assertions.Expect(auc.Locator("td")).ToContainTextAsync(["0.75", "0.85"]);
        await Assertions.Expect(auc.Locator(".verdict-good")).ToHaveTextAsync(["0.85 best"]);

        await page.GetByRole(AriaRole.Link, new() { Name = "Only differences" }).ClickAsync();
        await Assertions.Expect(page.Locator(".comparison tbody tr:not(.differs) td")).ToHaveCountAsync(0);
        await page.Locator($"thead a[title='{project.Known["run"]}']").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "auc by step, figures" }).Locator("tbody tr")).ToHaveCountAsync(6);
        watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Compare_RunOfAnMlflowClient_HasColumnAndPageWithItsTextEscaped()
    {
        var project = await browser.ProjectAsync();
        var created = await ClientSeeds.CallAsync(project, "runs/create", new { experiment_id = "0", run_name = "from a notebook", user_id = "ada", start_time = 1_700_000_000_000 });
        var id = created.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
        await ClientSeeds.CallAsync(project, "runs/log-parameter", new { run_id = id, key = "note", value = Seeds.Hostile });
        await ClientSeeds.CallAsync(project, "runs/update", new { run_id = id, status = "FINISHED" });

        foreach (var path in (string[])[$"/runs/{id}", $"/runs/compare?ids={id},{project.Known["run"]}"])
        {
            var html = await project.Http.GetStringAsync(project.Fill(path));
            html.ShouldContain(WebUtility.HtmlEncode(Seeds.Hostile));
            html.ShouldNotContain(Seeds.Hostile);
        }
    }
}
