using Millwright.Server.Hosting;
using Millwright.Server.Project;
using Millwright.Testing;

namespace Millwright.Server.Tests;

/// <summary>A real server of an empty project on a free port of the loopback.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly ScratchFolder _folder;
    private readonly ServerHost _host;

    private RunningServer(ScratchFolder folder, ServerHost host) => (_folder, _host) = (folder, host);

    public Uri Url => new(_host.Url!);

    public string ProjectFolder => _folder.Path;

    public IServiceProvider Services => _host.Services;

    public static async Task<RunningServer> StartAsync()
    {
        var folder = new ScratchFolder();
        Directory.CreateDirectory(folder[".millwright"]);
        var started = await ServerHost.StartAsync(new ProjectFolder(folder.Path), new ListenOptions { Port = 0 }, TimeProvider.System, default);
        return new RunningServer(folder, started.Value);
    }

    public HttpClient Client(bool followRedirects = true) => new(new SocketsHttpHandler { AllowAutoRedirect = followRedirects }) { BaseAddress = Url };

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}
