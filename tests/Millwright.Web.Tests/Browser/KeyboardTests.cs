namespace Millwright.Web.Tests.Browser;

/// <summary>The pages without a mouse, and what they remember.</summary>
[Trait("Needs", "Browser")]
public sealed class KeyboardTests(BrowserFixture browser)
{
    // A long list repeats itself.
    private const int MostStops = 45;

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task SkipLink_Followed_LeadsToTheContent(int width)
    {
        await using var watched = await browser.OpenAsync("/ledger", width);
        await watched.Page.Keyboard.PressAsync("Tab");
        await watched.Page.Keyboard.PressAsync("Enter");

        (await watched.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("content");
    }

    [Theory]
    [MemberData(nameof(EveryPage.Names), MemberType = typeof(EveryPage))]
    public async Task Focus_OnEveryPage_IsVisibleAndGoesInReadingOrder(string name)
    {
        await using var watched = await browser.OpenAsync(EveryPage.All[name]);
        await watched.SettleAsync();
        // Without motion a page that follows the focus is there at once.
        await watched.Page.EmulateMediaAsync(new() { ReducedMotion = Microsoft.Playwright.ReducedMotion.Reduce });
        // The page to sign in on has no navigation, so that there is nothing to skip.
        var hasNavigation = await watched.Page.Locator("nav").CountAsync() > 0;
        hasNavigation.ShouldBe(name != "sign-in");
        var stops = 0;
        while (stops < MostStops)
        {
            await watched.Page.Keyboard.PressAsync("Tab");
            var wrong = await watched.Page.EvaluateAsync<string?>(
                """
                () => {
                  const [last, now] = [window.lastStop, document.activeElement];
                  if (now === document.body) return 'end';
                  window.lastStop = now;
                  const style = getComputedStyle(now);
                  const box = now.getBoundingClientRect();
                  const what = ` at ${now.outerHTML.slice(0, 100)}`;
                  if (style.outlineStyle !== 'solid' || parseFloat(style.outlineWidth) < 2) return 'no outline' + what;
                  if (box.width === 0 || box.bottom < 0 || box.top > innerHeight) return 'out of sight' + what;
                  if (last && !(last.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING)) return 'backwards' + what;
                  return null;
                }
                """);
            if (wrong is "end")
            {
                break;
            }

            wrong.ShouldBeNull();
            if (stops++ == 0 && hasNavigation)
            {
                (await watched.Page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("Skip to the content");
            }
        }

        stops.ShouldBeGreaterThan(hasNavigation ? 8 : 0, "the navigation alone has as many");
    }

    [Theory]
    [InlineData("<div style='overflow:auto;width:50px'><p style='width:500px'>wide</p></div>", "takes no focus")]
    [InlineData("<div tabindex='0' style='overflow:auto;width:50px'><p style='width:500px'>wide</p></div>", "has no name")]
    [InlineData("<button tabindex='3'>first</button>", "order of its own")]
    public async Task Barrier_Planted_IsFound(string html, string named)
    {
        await using var watched = await browser.OpenAsync("/not-found");
        await watched.Page.GotoAsync("about:blank");
        await watched.Page.SetContentAsync(html);

        (await watched.KeyboardBarriersAsync()).ShouldHaveSingleItem().ShouldContain(named);
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
