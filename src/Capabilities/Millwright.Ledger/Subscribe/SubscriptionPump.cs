using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Ledger;

namespace Millwright.Ledger.Subscribe;

/// <summary>
/// Hands appended events to every subscriber, in order and at least once: the offset is stored after the handler returned, so a crash in
/// between means the event comes again. One subscriber's failure does not hold up the others.
/// </summary>
internal sealed class SubscriptionPump(ILedgerStore ledger, IEnumerable<ILedgerSubscriber> subscribers, TimeProvider clock, ILogger<SubscriptionPump> log)
    : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(subscribers.Select(subscriber => Task.Run(() => FollowAsync(subscriber, stoppingToken), stoppingToken)));

    private async Task FollowAsync(ILedgerSubscriber subscriber, CancellationToken ct)
    {
        var (offset, retry) = (ledger.Offset(subscriber.Name), FirstRetry);
        while (!ct.IsCancellationRequested)
        {
            var next = ledger.NextAppendAsync();
            try
            {
                offset = await DrainAsync(subscriber, offset, ct);
                retry = FirstRetry;
                await next.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.HandlerFailed(log, subscriber.Name, offset, retry, failure);
                offset = ledger.Offset(subscriber.Name);
                await Task.Delay(retry, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
            }
        }
    }

    private async Task<long> DrainAsync(ILedgerSubscriber subscriber, long offset, CancellationToken ct)
    {
        while (true)
        {
            var page = ledger.Read(new LedgerQuery { After = offset, Limit = 500 });
            if (page.Count == 0)
            {
                return offset;
            }

            foreach (var happened in page.Where(happened => subscriber.Wants(happened.Kind)))
            {
                await subscriber.HandleAsync(happened, ct);

                // Also while stopping: what was handled is not handed over again after an orderly restart.
                await ledger.SaveOffsetAsync(subscriber.Name, happened.Seq, CancellationToken.None);
            }

            // Events nobody wanted move the offset in memory only; reading them again after a restart is cheap and harmless.
            offset = page[^1].Seq;
        }
    }
}
