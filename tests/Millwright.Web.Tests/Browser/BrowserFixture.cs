using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Millwright.Web.Tests.Browser.BrowserFixture))]

namespace Millwright.Web.Tests.Browser;

/// <summary>One Chromium and one seeded project for all browser tests; started when the first one asks.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private RunningProject? _project;

    /// <summary>The project behind the pages.</summary>
    public async Task<RunningProject> ProjectAsync()
    {
        await StartAsync();
        return _project!;
    }

    /// <summary>A new page of its own context, with a watch on what it does.</summary>
    public async Task<WatchedPage> OpenAsync(string path, int width = 1440, bool dark = false, bool scripts = true, string? origin = null)
    {
        await StartAsync();
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = origin ?? _project!.Url, ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, JavaScriptEnabled = scripts, Locale = "en-GB", TimezoneId = "UTC",
        });
        var watched = await WatchedPage.OpenAsync(context);
        await watched.Page.GotoAsync(_project!.Fill(path));
        return watched;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_project is not null)
        {
            await _project.DisposeAsync();
        }

        _starting.Dispose();
    }

    private async Task StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_project is null)
            {
                _playwright ??= await Playwright.CreateAsync();
                _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Headless = true, Args = Arguments });
                var project = await RunningProject.StartAsync();
                await Seeds.LedgerAsync(project.Services);
                await Seeds.PipelinesAsync(project);
                await ClientSeeds.WriteAsync(project);
                await ModelSeeds.WriteAsync(project);
                await LiveSeeds.WriteAsync(project);
                _project = project;
            }
        }
        finally
        {
            _starting.Release();
        }
    }
}
