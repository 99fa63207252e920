using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Identity;
using Millwright.Ledger;
using Millwright.LocalFiles;
using Millwright.Relational;
using Millwright.Testing;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking.Tests;

/// <summary>Tracking on a database file and an artifact folder of its own.</summary>
internal sealed class OpenTracking : IAsyncDisposable
{
    public static readonly Actor Ada = new("ada");

    private readonly ScratchFolder _folder = new();
    private ServiceProvider _services;

    public OpenTracking() => _services = Open();

    public string Folder => _folder.Path;

    public IExperimentStore Experiments => Get<IExperimentStore>();

    public IRunStore Runs => Get<IRunStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<RunId> StartAsync(string name, long at = 1_700_000_000_000) =>
        (await Get<StartRun>().RunAsync(ExperimentId.Default, name, "ada", at, [], Ada, default)).Value.Info.Id;

    public Task LogAsync(RunId run, string key, double value, long at = 1, long step = 0) =>
        Get<LogToRun>().MetricAsync(run, new MetricPoint(key, value, at, step), default);

    public IReadOnlyList<string> LedgerKinds() =>
        [.. Get<ILedgerStore>().Read(new LedgerQuery { Limit = 1000 }).Select(happened => happened.Kind)];

    public async Task ReopenAsync()
    {
        await _services.DisposeAsync();
        _services = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private ServiceProvider Open() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddRelational(Database.Open(_folder["tracking.db"], TimeProvider.System).Value)
        .AddLocalFiles(_folder["content"])
        .AddTracking(_folder["artifacts"])
        .BuildServiceProvider();
}
