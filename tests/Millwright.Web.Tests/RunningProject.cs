using Millwright.Client;
using Millwright.Server.Hosting;
using Millwright.Server.Project;

namespace Millwright.Web.Tests;

/// <summary>A real server on a free port over a scratch project.</summary>
public sealed class RunningProject : IAsyncDisposable
{
    private readonly ServerHost _host;
    private readonly DirectoryInfo _folder;

    private RunningProject(ServerHost host, DirectoryInfo folder)
    {
        (_host, _folder) = (host, folder);
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Url) };
    }

    /// <summary>Where the pages are.</summary>
    public string Url => _host.Url!;

    /// <summary>The server's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>For requests without a browser.</summary>
    public HttpClient Http { get; }

    /// <summary>The project's folder.</summary>
    public string Root => _folder.FullName;

    /// <summary>Ids that the seeds made, by a name to use in paths.</summary>
    public Dictionary<string, string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>A path with the names in braces replaced by what they stand for.</summary>
    public string Fill(string path) => Known.Aggregate(path, (filled, known) => filled.Replace($"{{{known.Key}}}", Uri.EscapeDataString(known.Value), StringComparison.Ordinal));

    /// <summary>Starts one.</summary>
    public static async Task<RunningProject> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("mw-web-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "millwright.yaml"), "monitoring:\n  window: 200\n");
        var started = await ServerHost.StartAsync(new ProjectFolder(folder.FullName), new ListenOptions { Port = 0 }, TimeProvider.System, CancellationToken.None);
        started.TryGet(out var host, out var problem).ShouldBeTrue(problem?.ToString());
        return new RunningProject(host!, folder);
    }

    /// <summary>A client that acts as somebody.</summary>
    public MillwrightClient ActAs(string actor) => MillwrightClient.Connect(new Uri(Url), token: null, actor);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
