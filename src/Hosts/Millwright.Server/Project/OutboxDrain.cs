using Microsoft.Extensions.Hosting;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Data.Outbox;

namespace Millwright.Server.Project;

/// <summary>
/// Brings the events of folder-only commands (<c>mw data add</c>) into the ledger: those that waited when the server starts, before it
/// answers anything, and later ones as they come.
/// </summary>
internal sealed class OutboxDrain(ProjectFolder project, ILedgerWriter ledger, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new SemaphoreSlim(1);
        using var watcher = new FileSystemWatcher(project.State, "outbox.jsonl") { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
        watcher.Changed += (_, _) => changed.Release();
        watcher.Created += (_, _) => changed.Release();
        watcher.EnableRaisingEvents = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested && !await TryDrainAsync(stoppingToken))
            {
                await Task.Delay(BetweenTries, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                changed.Release();
            }
        }
    }

    // An outage (a full disk) is waited out: the entries stay in the outbox until the ledger has them.
    private async Task<bool> TryDrainAsync(CancellationToken ct)
    {
        try
        {
            await DrainAsync(ct);
            return true;
        }
        catch (Exception failure) when (Outage.Explain(failure) is not null)
        {
            return false;
        }
    }

    private async Task DrainAsync(CancellationToken ct)
    {
        // What an earlier server took but did not finish comes first, then what has been written since.
        while (await DataOutbox.TakeAsync(project.Root, clock, ct) is { Length: > 0 } taken)
        {
            await ledger.AppendOnceAsync([.. taken.Select(entry => KeyValuePair.Create(entry.Id, entry.Draft))], ct);
            DataOutbox.Forget(project.Root);
        }
    }
}
