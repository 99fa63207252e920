using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Millwright.Delivery.Route;

namespace Millwright.Delivery.Reconcile;

/// <summary>Routes traffic as the store says before the first request, then looks at the rollouts again and again.</summary>
internal sealed class RolloutService(
    ReconcileRollouts reconcile, TrafficSplit split, IDeploymentStore store, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<RolloutService> log)
    : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        split.Refresh(store);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next one goes on from the store.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await reconcile.RunAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.ReconcileFailed(log, failure);
        }
    }
}
