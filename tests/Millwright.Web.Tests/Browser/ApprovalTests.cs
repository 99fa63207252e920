using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;

namespace Millwright.Web.Tests.Browser;

/// <summary>Approving and promoting on the pages, by name.</summary>
[Trait("Needs", "Browser")]
public sealed class ApprovalTests(BrowserFixture browser)
{
    [Fact]
    public async Task Promotion_NeedsSomeoneElsesWord_ThenGoesThrough()
    {
        await RegisterAsync("loans", new Actor("ada"));
        await using var watched = await browser.OpenAsync("/models/loans/1");
        var page = watched.Page;

        await ActAsync(page, "ada");
        await ApproveAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot approve it");

        await page.GotoAsync("/models/loans/1");
        await page.Locator("summary", new() { HasText = "Promote" }).ClickAsync();
        await page.Locator("select[name=Stage]").SelectOptionAsync("production");
        await page.GetByRole(AriaRole.Button, new() { Name = "Promote version 1" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not approved");

        await page.GotoAsync("/models/loans/1");
        await ActAsync(page, "grace");
        await ApproveAsync(page);
        await Assertions.Expect(page.Locator(".approvals")).ToContainTextAsync("grace");
        await page.Locator("summary", new() { HasText = "Promote" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Promote version 1" }).ClickAsync();

        await Assertions.Expect(page.Locator(".facts .verdict").First).ToContainTextAsync("production");
        watched.Complaints.Where(complaint => !complaint.Contains("status of 4", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static async Task ActAsync(IPage page, string name)
    {
        await page.Locator(".acting summary").ClickAsync();
        await page.Locator("#actor").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this name" }).ClickAsync();
        await Assertions.Expect(page.Locator(".acting-name")).ToHaveTextAsync(name);
    }

    private static async Task ApproveAsync(IPage page)
    {
        await page.Locator("summary", new() { HasText = "Approve" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve version 1" }).ClickAsync();
    }

    private async Task RegisterAsync(string name, Actor author)
    {
        var project = await browser.ProjectAsync();
        var artifact = await project.Services.GetRequiredService<IContentStore>().PutAsync(Directory.CreateDirectory(Path.Combine(project.Root, name)).FullName, CancellationToken.None);
        (await project.Services.GetRequiredService<IModelCatalog>().RegisterAsync(new NewModelVersion(name, artifact, author), CancellationToken.None)).Problem.ShouldBeNull();
    }
}
