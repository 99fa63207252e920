using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
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
using Millwright.Serving.Predictions;
using Millwright.XGBoost;

namespace Millwright.Bench.Serving;

/// <summary>One-row inference over HTTP with the prediction log on, beside a bare Kestrel POST of the same bytes; the client runs on the same processors.</summary>
internal sealed class InferScenario : IScenario, IModelCatalog, ITrafficSplit
{
    private const int Connections = 32;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    private ContentDigest _artifact;

    public event Action? Changed;

    public string Name => "serving";

    public string Claim => "one-row inference over HTTP at 10,000 requests/s or more with the prediction log on";

    public IReadOnlyList<string> Models => ["churn"];

    public async Task<bool> RunAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("mw-bench-").FullName;
        try
        {
            return await MeasureAsync(report, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public Task<Result<CatalogModel>> FindAsync(string name, string? version, CancellationToken ct) =>
        Task.FromResult(Result.Of(new CatalogModel(name, 1, _artifact, "production", null, new Actor("bench"))));

    public Task<Result<CatalogModel>> RegisterAsync(NewModelVersion version, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<CatalogModel>> PromoteAsync(string name, int version, string stage, Actor actor, string reason, CancellationToken ct) => throw new NotSupportedException();

    public TrafficTarget? Route(string model, ReadOnlySpan<char> key) => Targets(model)[0];

    public IReadOnlyList<TrafficTarget> Targets(string model) => [new TrafficTarget("churn", 1, "d1", 100)];

    private async Task<bool> MeasureAsync(Report report, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddSingleton(TimeProvider.System)
            .AddLocalFiles(folder).AddDuckDb().AddXGBoost().AddFeatures()
            .AddSingleton<IModelCatalog>(_ => this).AddSingleton<ITrafficSplit>(_ => this).AddServing(new ServingOptions(folder));
        await using var app = builder.Build();
        app.MapServing();
        app.MapPost("/bare", (RequestDelegate)EchoAsync);
        ChurnModel.Write(Directory.CreateDirectory(Path.Combine(folder, "model")).FullName);
        _artifact = await app.Services.GetRequiredService<IContentStore>().PutAsync(Path.Combine(folder, "model"), default);
        await app.StartAsync();
        Changed?.Invoke();
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

        var bare = await RunAsync(port, "/bare");
        var infer = await RunAsync(port, "/v2/models/churn/infer");
        var dropped = app.Services.GetRequiredService<PredictionLog>().Dropped;
        report.Figure("bare Kestrel POST, same bytes", $"{bare.PerSecond:N0}/s", $"p50 {bare.P50:0.00} ms, p99 {bare.P99:0.00} ms, {Connections} connections");
        report.Figure("one row, 19 columns, 100 trees, logged", $"{infer.PerSecond:N0}/s", $"p50 {infer.P50:0.00} ms, p99 {infer.P99:0.00} ms ({infer.PerSecond / bare.PerSecond:P0} of bare), {dropped} not logged");
        return infer.PerSecond >= 10_000 && dropped == 0;
    }

    private static async Task<(double PerSecond, double P50, double P99)> RunAsync(int port, string path)
    {
        await LoadGenerator.RunAsync(port, path, ChurnModel.Row, Connections, Warm);
        return await LoadGenerator.RunAsync(port, path, ChurnModel.Row, Connections, Measured);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        context.Response.ContentLength = 2;
        context.Response.BodyWriter.Write("{}"u8);
    }
}
