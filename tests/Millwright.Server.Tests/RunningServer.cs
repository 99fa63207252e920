using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Server.Hosting;
using Millwright.Server.Project;
using Millwright.Testing;

namespace Millwright.Server.Tests;

/// <summary>A real server of a project of its own on a free port of the loopback.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly ScratchFolder _folder;
    private readonly ListenOptions _listen;
    private ServerHost _host;

    private RunningServer(ScratchFolder folder, ListenOptions listen, ServerHost host) => (_folder, _listen, _host) = (folder, listen, host);

    public Uri Url => new(_host.Url!);

    public string ProjectFolder => _folder.Path;

    public IServiceProvider Services => _host.Services;

    /// <param name="config">Text of <c>millwright.yaml</c>, or null for none.</param>
    /// <param name="tokens">Token → owner.</param>
    public static async Task<RunningServer> StartAsync(string? config = null, IReadOnlyDictionary<string, string>? tokens = null)
    {
        var folder = new ScratchFolder();
        var listen = new ListenOptions { Port = 0, Tokens = tokens ?? new Dictionary<string, string>() };
        Directory.CreateDirectory(folder[".millwright"]);
        if (config is not null)
        {
            await File.WriteAllTextAsync(folder["millwright.yaml"], config);
        }

        return new RunningServer(folder, listen, await HostAsync(folder, listen));
    }

    /// <summary>Stops the server and starts another one on the same project.</summary>
    public async Task RestartAsync()
    {
        await _host.DisposeAsync();
        _host = await HostAsync(_folder, _listen);
    }

    public HttpClient Client(bool followRedirects = true) => new(new SocketsHttpHandler { AllowAutoRedirect = followRedirects }) { BaseAddress = Url };

    /// <summary>Calls as somebody.</summary>
    public Api As(string actor) => new(Client(), actor);

    /// <summary>Registers a version by ada whose content is a file or folder.</summary>
    public async Task<int> RegisterAsync(string model, string path)
    {
        var artifact = await Services.GetRequiredService<IContentStore>().PutAsync(path, default);
        return (await Services.GetRequiredService<IModelCatalog>().RegisterAsync(new NewModelVersion(model, artifact, new Actor("ada")), default)).Value.Version;
    }

    /// <summary>Registers a version that can be served; each is another one.</summary>
    public async Task<int> RegisterStumpAsync(string model, Func<string, Task>? add = null)
    {
        var folder = await StumpModel.WriteAsync(_folder[Guid.NewGuid().ToString("n")]);
        await File.WriteAllTextAsync(Path.Combine(folder, "note.txt"), folder);
        await (add?.Invoke(folder) ?? Task.CompletedTask);
        return await RegisterAsync(model, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<ServerHost> HostAsync(ScratchFolder folder, ListenOptions listen) =>
        (await ServerHost.StartAsync(new ProjectFolder(folder.Path), listen, TimeProvider.System, default)).Value;
}
