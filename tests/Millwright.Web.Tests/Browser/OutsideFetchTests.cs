using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Millwright.Web.Tests.Browser;

/// <summary>The guard against fetching from outside, seen biting.</summary>
[Trait("Needs", "Browser")]
public sealed class OutsideFetchTests(BrowserFixture browser)
{
    [Fact]
    public async Task Watch_PageThatFetchesFromOutside_CatchesIt()
    {
        using var site = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        site.Prefixes.Add(address);
        site.Start();
        var serving = ServeAsync(site, "<!DOCTYPE html><title>planted</title><script src='http://outside.invalid/chart.js'></script><p>planted</p>");

        await using var watched = await browser.OpenAsync("/", origin: address);

        watched.RequestsOutside(address).ShouldBe(["http://outside.invalid/chart.js"]);
        site.Stop();
        await serving;
    }

    [Fact]
    public async Task Policy_PageThatWouldFetchFromOutside_IsStoppedByTheBrowser()
    {
        await using var watched = await browser.OpenAsync("/");

        await watched.Page.EvaluateAsync("() => { const image = new Image(); image.src = 'http://outside.invalid/pixel.png'; document.body.append(image); return fetch('http://outside.invalid/').catch(() => 0); }");
        await watched.Page.EvaluateAsync("() => { const script = document.createElement('script'); script.textContent = 'window.planted = 1'; document.body.append(script); }");

        watched.Complaints.Count(complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
        (await watched.Page.EvaluateAsync<bool>("'planted' in window")).ShouldBeFalse();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task ServeAsync(HttpListener site, string html)
    {
        try
        {
            while (true)
            {
                var context = await site.GetContextAsync();
                context.Response.ContentType = "text/html";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(html));
                context.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
