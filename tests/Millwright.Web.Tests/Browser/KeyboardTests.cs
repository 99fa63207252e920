namespace Millwright.Web.Tests.Browser;

/// <summary>The pages without a mouse, and what they remember.</summary>
[Trait("Needs", "Browser")]
public sealed class KeyboardTests(BrowserFixture browser)
{
    [Fact]
    public async Task SkipLink_FirstTab_LeadsToTheContent()
    {
        await using var watched = await browser.OpenAsync("/ledger");

        await watched.Page.Keyboard.PressAsync("Tab");
        (await watched.Page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("Skip to the content");
        await watched.Page.Keyboard.PressAsync("Enter");

        (await watched.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("content");
    }

    [Fact]
    public async Task Focus_EveryStop_IsVisible()
    {
        await using var watched = await browser.OpenAsync("/ledger");
        for (var stop = 0; stop < 25; stop++)
        {
            await watched.Page.Keyboard.PressAsync("Tab");
            var outline = await watched.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle + ' ' + document.activeElement.outerHTML.slice(0, 80)");
            outline.ShouldStartWith("solid");
        }
    }

    [Fact]
    public async Task Theme_Toggled_IsRememberedOnTheNextPage()
    {
        await using var watched = await browser.OpenAsync("/");
        await watched.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        (await watched.Page.EvaluateAsync<string>("document.documentElement.dataset.bsTheme")).ShouldBe("dark");

        await watched.Page.GotoAsync("/ledger");

        (await watched.Page.EvaluateAsync<string>("document.documentElement.dataset.bsTheme")).ShouldBe("dark");
    }

    [Fact]
    public async Task Theme_ToggledWithoutScripts_IsRememberedToo()
    {
        await using var watched = await browser.OpenAsync("/ledger?kind=model.*", scripts: false);
        await watched.Page.Locator(".to-dark").ClickAsync();

        watched.Page.Url.ShouldEndWith("/ledger?kind=model.*");
        (await watched.Page.Locator("html").GetAttributeAsync("data-bs-theme")).ShouldBe("dark");
    }

    [Fact]
    public async Task Menu_OnANarrowScreen_OpensWithoutScripts()
    {
        await using var watched = await browser.OpenAsync("/", width: 390, scripts: false);
        (await watched.Page.Locator("nav a").First.IsVisibleAsync()).ShouldBeFalse();

        await watched.Page.Locator(".menu summary").ClickAsync();
        await watched.Page.Locator("nav a", new() { HasTextString = "Ledger" }).ClickAsync();

        watched.Page.Url.ShouldEndWith("/ledger");
    }
}
