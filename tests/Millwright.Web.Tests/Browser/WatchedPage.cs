using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Millwright.Web.Tests.Browser;

/// <summary>A page, what it asked for, and what it complained about.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentQueue<string> _complaints = [];

    private WatchedPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors of scripts, of the policy and of requests.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Opens an empty page.</summary>
    public static async Task<WatchedPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        var watched = new WatchedPage(context, page);
        page.Request += (_, request) => watched._requests.Enqueue(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                watched._complaints.Enqueue($"{message.Text} {message.Location}");
            }
        };
        page.PageError += (_, error) => watched._complaints.Enqueue(error);
        return watched;
    }

    /// <summary>URLs that the page asked for outside of a server.</summary>
    public IReadOnlyList<string> RequestsOutside(string server) =>
        [.. _requests.Where(url => !url.StartsWith(server.TrimEnd('/') + "/", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal)).Distinct()];

    /// <summary>Waits until charts have drawn and nothing streams any more.</summary>
    public async Task SettleAsync()
    {
        await Page.WaitForLoadStateAsync(LoadState.Load);
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('mw-chart')].every(chart => chart.hasAttribute('drawn'))");
    }

    /// <summary>Serious and critical violations of the accessibility rules, one line each.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync()
    {
        // Evaluated by the debugger, to which the page's policy does not apply.
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));
        var found = await Page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations");
        return
        [
            .. from violation in found.EnumerateArray()
               where violation.GetProperty("impact").GetString() is "serious" or "critical"
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id")}: {node.GetProperty("html")} {node.GetProperty("failureSummary")}",
        ];
    }

    /// <summary>What keeps somebody without a mouse from something, one line each: parts that scroll but take no focus or have no name, and an order of its own.</summary>
    public async Task<IReadOnlyList<string>> KeyboardBarriersAsync() => await Page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [];
          const say = (what, element) => found.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
          for (const element of document.querySelectorAll('body *')) {
            if (element.tabIndex > 0) say('an order of its own', element);
            const style = getComputedStyle(element);
            const scrolls = ['auto', 'scroll'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1
              || ['auto', 'scroll'].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
            if (!scrolls || element.clientWidth === 0 || ['TEXTAREA', 'INPUT', 'SELECT'].includes(element.tagName)) continue;
            if (element.tabIndex < 0 && !element.querySelector('a[href], button, input, select, summary, [tabindex="0"]')) say('scrolls but takes no focus', element);
            if (element.tabIndex >= 0 && element.tagName === 'DIV' && !(element.getAttribute('role') && element.getAttribute('aria-label'))) say('scrolls but has no name', element);
          }
          return found;
        }
        """);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
