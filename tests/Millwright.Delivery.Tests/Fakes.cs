using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Monitoring;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Reconcile;
using Millwright.Delivery.Start;
using Millwright.Ledger;
using Millwright.Relational;
using Millwright.Testing;

namespace Millwright.Delivery.Tests;

/// <summary>Delivery on a real database, with a registry, a server and labels that a test sets.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private ServiceProvider _services;

    public World() => _services = Open();

    public static Actor Ada { get; } = new("ada");

    public ManualTime Time { get; } = new();

    public FakeCatalog Catalog { get; } = new();

    public FakeServing Serving { get; } = new();

    public IDeploymentStore Store => Get<IDeploymentStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<Deployment> StartAsync(int version, Func<RolloutRequest, RolloutRequest>? change = null) =>
        (await TryStartAsync(version, change)).Value;

    public Task<Result<Deployment>> TryStartAsync(int version, Func<RolloutRequest, RolloutRequest>? change = null)
    {
        var request = new RolloutRequest("churn", Ada)
        {
            Version = version.ToString(CultureInfo.InvariantCulture),
            Adjust = rules => rules with { BakeTime = TimeSpan.FromSeconds(0.5), MinimumRequests = 100 },
        };
        return Get<StartRollout>().RunAsync(change?.Invoke(request) ?? request, default);
    }

    /// <summary>Version 1 is live and version 2 has just begun to roll out.</summary>
    public async Task<(Deployment Champion, Deployment Candidate)> CanaryAsync(Func<RolloutRequest, RolloutRequest>? change = null) =>
        (await StartAsync(1), await StartAsync(2, change));

    public async Task<int> TickAsync(double seconds = 1)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        return await Get<ReconcileRollouts>().RunAsync(default);
    }

    public IReadOnlyList<string> Events() =>
        [.. Get<ILedgerStore>().Read(new LedgerQuery { Kind = "rollout.*", Limit = 100 }).Select(happened => happened.Kind)];

    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        Serving.Counts.Clear();
        _services = Open();
        await Get<ReconcileRollouts>().RunAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private ServiceProvider Open() => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(Time)
        .AddSingleton<IModelCatalog>(Catalog)
        .AddSingleton<IServableModels>(Serving)
        .AddSingleton<IServingStatistics>(Serving)
        .AddSingleton<IPredictionLog>(Serving)
        .AddSingleton<IModelPerformance>(Serving)
        .AddRelational(Database.Open(_folder["delivery.db"], Time).Value)
        .AddLedger()
        .AddDelivery()
        .BuildServiceProvider();
}

internal sealed class FakeCatalog : IModelCatalog
{
    public Dictionary<int, CatalogModel> Versions { get; } = Enumerable.Range(1, 3).ToDictionary(
        version => version,
        version => new CatalogModel("churn", version, ContentDigest.Sha256($"v{version}"), "none", null, World.Ada) { IsApproved = true });

    public Task<Result<CatalogModel>> FindAsync(string name, string? version, CancellationToken ct) => Task.FromResult<Result<CatalogModel>>(
        name == "churn" && Versions.TryGetValue(int.Parse(version!, CultureInfo.InvariantCulture), out var found)
            ? found
            : new Problem("model.unknown", $"No version {version} of '{name}'.", "Run 'mw model list'.", ProblemKind.NotFound));

    public Task<Result<CatalogModel>> RegisterAsync(NewModelVersion version, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<CatalogModel>> PromoteAsync(string name, int version, string stage, Actor actor, string reason, CancellationToken ct)
    {
        if (!Versions[version].IsApproved)
        {
            return Task.FromResult<Result<CatalogModel>>(new Problem("model.not_approved", "It needs an approval.", "Run 'mw model approve'.", ProblemKind.Refused));
        }

        return Task.FromResult<Result<CatalogModel>>(Versions[version] = Versions[version] with { Stage = stage });
    }
}

internal sealed class FakeServing : IServableModels, IServingStatistics, IPredictionLog, IModelPerformance
{
    public Dictionary<(string, int), ServingCounts> Counts { get; } = [];

    public Dictionary<int, LabelledScores> Labels { get; } = [];

    public List<Prediction> Predictions { get; } = [];

    public Problem? Cold { get; set; }

    public void Answer(Deployment deployment, long requests, long errors = 0, double p99 = 2) =>
        Counts[(deployment.Id.Value, deployment.Version)] = new ServingCounts(requests, errors, 1, p99, 0.3);

    public Task<Result<Done>> WarmUpAsync(string model, int version, CancellationToken ct) => Task.FromResult<Result<Done>>(Cold is null ? Done.Value : Cold);

    public ServingCounts Read(string deployment, int version) =>
        Counts.GetValueOrDefault((deployment, version), new ServingCounts(0, 0, double.NaN, double.NaN, double.NaN));

    public void Reset(string deployment, int version) => Counts.Remove((deployment, version));

    public void Append(Prediction prediction) => Predictions.Add(prediction);

    public Task FlushAsync(CancellationToken ct) => Task.CompletedTask;

    public async IAsyncEnumerable<Prediction> ReadAsync(string model, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var prediction in Predictions.Where(prediction => prediction.Model == model && prediction.At >= from && prediction.At < to))
        {
            yield return prediction;
        }
    }

    public Task<Prediction?> FindAsync(string id, CancellationToken ct) => Task.FromResult(Predictions.Find(prediction => prediction.Id == id));

    public Task<LabelledScores> ReadAsync(string model, int version, string deployment, DateTimeOffset from, CancellationToken ct) =>
        Task.FromResult(Labels.GetValueOrDefault(version, new LabelledScores([], [])));
}
