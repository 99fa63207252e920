using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Millwright.Monitoring.Notify;

/// <summary>
/// Sends what is due. A message stays in the store until its receiver has taken it, with growing waits between the attempts, so that a
/// receiver that was down for a week gets everything when it is back.
/// </summary>
public sealed class SendNotices(
    IAlertStore store, IEnumerable<IAlertChannel> channels, IOptions<MonitoringOptions> options, TimeProvider clock, ILogger<SendNotices> log)
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Sends every due message once; returns how many were taken.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            // One receiver after another would let a slow one hold up the rest.
            var taken = await Task.WhenAll(store.Due(clock.GetUtcNow(), 100).GroupBy(notice => (notice.Channel, notice.Target)).Select(receiver => SendAsync([.. receiver], ct)));
            return taken.Sum();
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<int> SendAsync(IReadOnlyList<Notice> notices, CancellationToken ct)
    {
        var taken = 0;
        foreach (var (index, notice) in notices.Index())
        {
            if (channels.FirstOrDefault(channel => channel.Name == notice.Channel) is not { } channel)
            {
                continue;
            }

            if ((await channel.SendAsync(notice, ct)).Problem is { } problem)
            {
                Log.NotTaken(log, notice.Target, notice.Id, notice.Attempts + 1, problem.Message);

                // A receiver that is down would keep everybody waiting for as many time-outs as it has messages.
                await store.FailedAsync(notice, [.. notices.Skip(index + 1)], problem.Message, clock.GetUtcNow() + Wait(notice.Attempts), ct);
                break;
            }

            await store.SentAsync(notice, clock.GetUtcNow(), ct);
            taken++;
        }

        return taken;
    }

    private TimeSpan Wait(int attempts)
    {
        var wait = options.Value.FirstRetry * Math.Pow(2, Math.Min(attempts, 30));
        return wait < options.Value.LongestRetry ? wait : options.Value.LongestRetry;
    }
}
