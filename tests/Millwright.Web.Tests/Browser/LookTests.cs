using Microsoft.Playwright;

namespace Millwright.Web.Tests.Browser;

/// <summary>What holds on every page, in both themes, at both widths.</summary>
[Trait("Needs", "Browser")]
public sealed class LookTests(BrowserFixture browser)
{
    [Theory]
    [MemberData(nameof(EveryPage.Looks), MemberType = typeof(EveryPage))]
    public async Task Page_InEveryLook_IsReadableAndStaysAtHome(string name, int width, bool dark)
    {
        await using var watched = await browser.OpenAsync(EveryPage.All[name], width, dark);
        await watched.SettleAsync();
        var project = await browser.ProjectAsync();
        var theme = dark ? "dark" : "light";

        var shot = Path.Combine(Screenshots, $"{name}-{width}-{theme}.png");
        await watched.Page.ScreenshotAsync(new() { Path = shot, FullPage = true });
        if ((name, width, dark) is ("overview", 1440, false) && Environment.GetEnvironmentVariable("MILLWRIGHT_REFRESH") is { Length: > 0 })
        {
            File.Copy(shot, Path.Combine(Screenshots, "..", "..", "docs", "images", "overview.png"), overwrite: true);
        }

        watched.Complaints.Where(complaint => name != "not-found" || !complaint.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
        watched.RequestsOutside(project.Url).ShouldBeEmpty();
        (await watched.Page.EvaluateAsync<string>("document.documentElement.dataset.bsTheme")).ShouldBe(theme);
        (await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, "the page itself never scrolls sideways");
        (await watched.Page.Locator("h1").CountAsync()).ShouldBe(1);
        (await watched.BarriersAsync()).ShouldBeEmpty();
        (await watched.KeyboardBarriersAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryPage.Names), MemberType = typeof(EveryPage))]
    public async Task Page_WithoutScripts_ShowsItsFacts(string name)
    {
        var path = EveryPage.All[name] + (name == "ledger-verify" ? "?complete=true" : "");
        await using var plain = await browser.OpenAsync(path, scripts: false);
        await using var scripted = await browser.OpenAsync(EveryPage.All[name]);
        await scripted.SettleAsync();

        // Other tests append to the same ledger meanwhile: a list may only have grown between the first look and the last.
        await using var later = await browser.OpenAsync(path, scripts: false);
        var (first, last) = (await plain.Page.Locator("main td").CountAsync(), await later.Page.Locator("main td").CountAsync());
        (await scripted.Page.Locator("main td").CountAsync()).ShouldBeInRange(first, last);
        // What a reader may unfold is there as well, without a script.
        var (shown, folded) = (await plain.Page.Locator("main td:visible").CountAsync(), await plain.Page.Locator("main details:not([open]) td").CountAsync());
        (shown + folded).ShouldBe(first);
    }

    [Theory]
    [MemberData(nameof(EveryPage.Names), MemberType = typeof(EveryPage))]
    public async Task Page_WhileItLoads_DoesNotShift(string name)
    {
        await using var watched = await browser.OpenAsync("/not-found");
        await watched.Page.AddInitScriptAsync(
            "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) window.shift += e.value; }).observe({ type: 'layout-shift', buffered: true });");
        await watched.Page.GotoAsync((await browser.ProjectAsync()).Fill(EveryPage.All[name]));
        await watched.SettleAsync();

        // 0.1 is where a shift begins to be felt (Web Vitals); streamed verdicts may grow their own panel.
        (await watched.Page.EvaluateAsync<double>("window.shift")).ShouldBeLessThan(0.1);
    }

    private static string Screenshots { get; } = Directory.CreateDirectory(
        Path.Combine(AppContext.BaseDirectory.Split("artifacts")[0], "artifacts", "screenshots")).FullName;
}
