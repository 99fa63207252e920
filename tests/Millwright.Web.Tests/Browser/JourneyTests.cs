using Microsoft.Playwright;

namespace Millwright.Web.Tests.Browser;

/// <summary>What somebody does who hears that something is wrong.</summary>
[Trait("Needs", "Browser")]
public sealed class JourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task FromOverview_OverAlertAndRollback_ToThePredictionsOrigin()
    {
        var project = await browser.ProjectAsync();
        await using var watched = await browser.OpenAsync("/");
        var page = watched.Page;

        // What is wrong: the drift alert stands first.
        var alerts = page.Locator("section", new() { Has = page.Locator("#open-alerts") });
        await Assertions.Expect(alerts).ToContainTextAsync("MonthlyCharges");
        await alerts.Locator("li a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("MonthlyCharges");

        // Because of what: how the column has moved.
        await page.GetByRole(AriaRole.Link, new() { Name = "What has moved" }).ClickAsync();
        await Assertions.Expect(page.Locator("mw-chart[kind=bar][drawn]")).ToHaveCountAsync(1);
        await page.GoBackAsync();

        // What was done: the rollout that went back, and why.
        await page.Locator("tr", new() { HasText = "rolled back" }).Locator("a[href^='/deployments/']").ClickAsync();
        await Assertions.Expect(page.Locator(".rollback-reason")).ToContainTextAsync(LiveSeeds.RollbackReason);

        // Where one of its predictions came from: back to model, run and commit.
        await page.GetByRole(AriaRole.Link, new() { Name = "Ledger" }).ClickAsync();
        await page.Locator("#subject-to-trace").FillAsync($"prediction:{project.Known["prediction"]}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Trace" }).ClickAsync();
        foreach (var subject in (string[])[$"deployment:{project.Known["live"]}", "model:churn/1", $"run:{project.Known["run"]}", "commit:9fceb02d0ae598e95dc970b74767f19372d61af8"])
        {
            await Assertions.Expect(page.Locator($"td a.subject[title='{subject}']")).ToHaveCountAsync(1);
        }

        await Assertions.Expect(page.Locator("svg.graph")).ToHaveCountAsync(1);
        watched.Complaints.ShouldBeEmpty();
        watched.RequestsOutside(project.Url).ShouldBeEmpty();
    }
}
