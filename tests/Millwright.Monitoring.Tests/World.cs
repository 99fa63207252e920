using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.DuckDb;
using Millwright.Ledger;
using Millwright.Monitoring.Notify;
using Millwright.Monitoring.Profile;
using Millwright.Monitoring.Scan;
using Millwright.Relational;
using Millwright.Testing;

namespace Millwright.Monitoring.Tests;

/// <summary>Monitoring on a real database and table engine, with a served model whose traffic a test makes up.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly string[] Layout = ["tenure", "charges", "contract"];

    private readonly ScratchFolder _folder = new();
    private readonly Action<MonitoringOptions> _configure;
    private ServiceProvider _services;

    public World(Action<MonitoringOptions>? configure = null)
    {
        _configure = configure ?? (_ => { });
        _services = Open();
    }

    public ManualTime Time { get; } = new();

    public FakeTraffic Traffic { get; } = new();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public string this[string file] => _folder[file];

    /// <summary>A model whose training data is 4,000 rows of the usual customers.</summary>
    public async Task<World> WithModelAsync()
    {
        var random = new Random(7);
        var rows = string.Concat(Enumerable.Range(0, 4_000).Select(_ => Row(random, 0)).Select(row => $"{row[0]},{row[1]},{row[2]}\n"));
        await File.WriteAllTextAsync(this["train.csv"], "tenure,charges,contract\n" + rows);
        Traffic.Profile = ProfileText.Write((await Get<ProfileTable>().RunAsync(this["train.csv"], default)).Value);
        return this;
    }

    /// <summary>Predictions of usual customers (shift 0) or of others.</summary>
    public void Predict(int count, double shift = 0, int seed = 1, int version = 1)
    {
        var random = new Random(seed);
        for (var index = 0; index < count; index++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            Traffic.Predictions.Add(new Prediction(NewId.Next(Time), Time.GetUtcNow(), "churn", version, "d1", Layout, Row(random, shift), random.NextDouble()));
        }
    }

    /// <summary>Scans once everything predicted so far has settled.</summary>
    public Task<IReadOnlyList<DriftWindow>> ScanAsync()
    {
        Time.Advance(new MonitoringOptions().Settle);
        return Get<ScanForDrift>().LookAsync(default);
    }

    public IReadOnlyList<string> Events(string kind) =>
        [.. Get<ILedgerStore>().Read(new LedgerQuery { Kind = kind, Limit = 100 }).Select(happened => happened.Kind)];

    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private static object?[] Row(Random random, double shift) =>
    [
        Math.Round(random.NextDouble() * 72 * (1 - shift)),
        Math.Round(20 + random.NextDouble() * 100 + shift * 40, 2),
        random.NextDouble() < 0.5 + shift / 2 ? "Month-to-month" : random.NextDouble() < 0.5 ? "One year" : "Two year",
    ];

    private ServiceProvider Open() => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(Time)
        .AddSingleton<ITrafficSplit>(Traffic)
        .AddSingleton<IPredictionLog>(Traffic)
        .AddSingleton<IModelCatalog>(Traffic)
        .AddSingleton<IContentStore>(Traffic)
        .AddRelational(Database.Open(_folder["monitoring.db"], Time).Value)
        .AddDuckDb()
        .AddLedger()
        .AddMonitoring()
        .Configure(_configure)
        .BuildServiceProvider();
}

internal sealed class FakeTraffic : ITrafficSplit, IPredictionLog, IModelCatalog, IContentStore
{
    public event Action? Changed;

    public string? Profile { get; set; }

    public int Version { get; set; } = 1;

    public List<Prediction> Predictions { get; } = [];

    public IReadOnlyList<string> Models => ["churn"];

    public TrafficTarget? Route(string model, ReadOnlySpan<char> key) => Targets(model)[0];

    public IReadOnlyList<TrafficTarget> Targets(string model)
    {
        Changed?.Invoke();
        return model == "churn" ? [new TrafficTarget("churn", Version, "d1", 100)] : [];
    }

    public void Append(Prediction prediction) => Predictions.Add(prediction);

    public Task FlushAsync(CancellationToken ct) => Task.CompletedTask;

    public async IAsyncEnumerable<Prediction> ReadAsync(string model, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var prediction in Predictions.Where(prediction => prediction.At >= from && prediction.At < to))
        {
            yield return prediction;
        }
    }

    public Task<Prediction?> FindAsync(string id, CancellationToken ct) => Task.FromResult(Predictions.Find(prediction => prediction.Id == id));

    public Task<Result<CatalogModel>> FindAsync(string name, string? version, CancellationToken ct) =>
        Task.FromResult<Result<CatalogModel>>(new CatalogModel(name, Version, ContentDigest.Sha256("folder"), "production", null, new Actor("ada")));

    public Task<Result<CatalogModel>> RegisterAsync(NewModelVersion version, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<CatalogModel>> PromoteAsync(string name, int version, string stage, Actor actor, string reason, CancellationToken ct) => throw new NotSupportedException();

    public Task<ContentDigest> PutAsync(string path, CancellationToken ct) => throw new NotSupportedException();

    public Task<ContentDigest> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> ContainsAsync(ContentDigest digest, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<Done>> MaterialiseAsync(ContentDigest digest, string path, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<Stream>> OpenAsync(ContentDigest digest, string? file, CancellationToken ct) => Task.FromResult(Profile is null
        ? new Problem("content.missing", "It is not there.", "Put it there.")
        : Result.Of<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(Profile))));

    public Task<Result<IReadOnlyList<ContentEntry>>> ListAsync(ContentDigest digest, CancellationToken ct) => throw new NotSupportedException();
}
