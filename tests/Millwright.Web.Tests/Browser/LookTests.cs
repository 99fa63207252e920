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

    private static string Screenshots { get; } = Directory.CreateDirectory(
        Path.Combine(AppContext.BaseDirectory.Split("artifacts")[0], "artifacts", "screenshots")).FullName;
}
