namespace Millwright.Web.Tests.Browser;

/// <summary>Every page for a reader whose browser runs no script.</summary>
[Trait("Needs", "Browser")]
public sealed class WithoutScriptsTests(BrowserFixture browser)
{
    [Theory]
    [MemberData(nameof(EveryPage.Names), MemberType = typeof(EveryPage))]
    public async Task Page_WithoutScripts_ShowsItsFacts(string name)
    {
        var path = EveryPage.All[name] + (name == "ledger-verify" ? "?complete=true" : "");
        await using var plain = await browser.OpenAsync(path, scripts: false);
        await using var scripted = await browser.OpenAsync(EveryPage.All[name]);
        await scripted.SettleAsync();

        // Other tests append to the same ledger meanwhile, and a page with scripts goes on growing: it lies between the looks before and after it.
        var withScripts = await scripted.Page.Locator("main td").CountAsync();
        await using var later = await browser.OpenAsync(path, scripts: false);
        var (first, last) = (await plain.Page.Locator("main td").CountAsync(), await later.Page.Locator("main td").CountAsync());
        withScripts.ShouldBeInRange(first, last);
        // What a reader may unfold is there as well, without a script.
        var (shown, folded) = (await plain.Page.Locator("main td:visible").CountAsync(), await plain.Page.Locator("main details:not([open]) td").CountAsync());
        (shown + folded).ShouldBe(first);
    }
}
