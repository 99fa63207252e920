using Microsoft.Extensions.DependencyInjection;
using Millwright.Ledger;
using Millwright.Relational;
using Millwright.Testing;

namespace Millwright.Pipelines.Tests.Stores;

/// <summary>The store of runs on a database file of its own.</summary>
internal sealed class OpenRuns : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private ServiceProvider _services;

    public OpenRuns() => _services = Open();

    public IRunStore Runs => _services.GetRequiredService<IRunStore>();

    public IReadOnlyList<string> LedgerKinds => [.. _services.GetRequiredService<ILedgerStore>().Read(new LedgerQuery { Limit = 1000 }).Select(happened => happened.Kind)];

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
        .AddSingleton(TimeProvider.System)
        .AddRelational(Database.Open(_folder["runs.db"], TimeProvider.System).Value)
        .BuildServiceProvider();
}
