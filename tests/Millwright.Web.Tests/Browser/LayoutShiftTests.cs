namespace Millwright.Web.Tests.Browser;

/// <summary>Nothing moves under the reader while a page loads.</summary>
[Trait("Needs", "Browser")]
public sealed class LayoutShiftTests(BrowserFixture browser)
{
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
}
