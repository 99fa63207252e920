using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.DuckDb;
using Millwright.Features;
using Millwright.LocalFiles;
using Millwright.Server.Serving;
using Millwright.Serving;
using Millwright.Testing;
using Millwright.XGBoost;

namespace Millwright.Server.Tests.Serving;

/// <summary>A real Kestrel that serves one XGBoost model (a stump: <c>tenure &lt; 10</c> → leaf −1, else leaf 2) from a content store.</summary>
internal sealed class ServingServer : IAsyncDisposable, IModelCatalog, ITrafficSplit
{
    private readonly ScratchFolder _folder = new();
    private WebApplication _app = null!;
    private ContentDigest _artifact;
    private bool _isDisposed;

    private ServingServer()
    {
    }

    public event Action? Changed;

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public IReadOnlyList<string> Models => ["churn"];

    public static async Task<ServingServer> StartAsync(Func<ServingOptions, ServingOptions>? options = null)
    {
        var server = new ServingServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var told = new ServingOptions(server._folder.Path);
        builder.Services.AddSingleton(TimeProvider.System)
            .AddLocalFiles(server._folder.Path).AddDuckDb().AddXGBoost().AddFeatures().AddServing(options?.Invoke(told) ?? told)
            .AddSingleton<IModelCatalog>(_ => server).AddSingleton<ITrafficSplit>(_ => server);
        server._app = builder.Build();
        server._app.MapServing();
        await server.PutModelAsync();
        await server._app.StartAsync();
        server.Changed?.Invoke();
        var address = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Http = new HttpClient { BaseAddress = new Uri(address) };
        await server._app.Services.GetRequiredService<IServableModels>().WarmUpAsync("churn", 1, default);
        return server;
    }

    public Task<Result<CatalogModel>> FindAsync(string name, string? version, CancellationToken ct) => Task.FromResult(name == "churn" && version == "1"
        ? new CatalogModel(name, int.Parse(version, CultureInfo.InvariantCulture), _artifact, "production", null, new Actor("ann"))
        : (Result<CatalogModel>)new Problem("model.unknown", $"There is no {name}/{version}.", "Register it.", ProblemKind.NotFound));

    public Task<Result<CatalogModel>> RegisterAsync(NewModelVersion version, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<CatalogModel>> PromoteAsync(string name, int version, string stage, Actor actor, string reason, CancellationToken ct) => throw new NotSupportedException();

    public TrafficTarget? Route(string model, ReadOnlySpan<char> key) => Targets(model) is [var target] ? target : null;

    public IReadOnlyList<TrafficTarget> Targets(string model) => model == "churn" ? [new TrafficTarget("churn", 1, "d1", 100)] : [];

    public async ValueTask DisposeAsync()
    {
        // The container, which knows the server as catalog and split, disposes it too.
        if (!_isDisposed)
        {
            _isDisposed = true;
            Http.Dispose();
            await _app.DisposeAsync();
            _folder.Dispose();
        }
    }

    private async Task PutModelAsync()
    {
        var folder = await StumpModel.WriteAsync(_folder["model"]);
        _artifact = await _app.Services.GetRequiredService<IContentStore>().PutAsync(folder, default);
    }
}
