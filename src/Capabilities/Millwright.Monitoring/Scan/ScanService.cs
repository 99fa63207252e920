using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Millwright.Monitoring.Notify;

namespace Millwright.Monitoring.Scan;

/// <summary>Scans and sends again and again.</summary>
internal sealed class ScanService(ScanForDrift scan, SendNotices send, IOptions<MonitoringOptions> options, TimeProvider clock, ILogger<ScanService> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(scan.LookAsync, stoppingToken),
        RepeatAsync(send.RunAsync, stoppingToken));

    // Each in a loop of its own, so that a slow receiver does not hold up the next window.
    private async Task RepeatAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await OnceAsync(run, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server stops; the next one goes on from the store.
        }
    }

    private async Task OnceAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken ct)
    {
        try
        {
            await run(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.ScanFailed(log, failure);
        }
    }
}
