using Microsoft.Extensions.Hosting;

namespace Millwright.Monitoring.Metrics;

/// <summary>Makes collector and gauges exist from the start, so that nothing is missed before the first scrape.</summary>
internal sealed class MetricsService(MetricsCollector collector, DriftGauges gauges) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collector);
        ArgumentNullException.ThrowIfNull(gauges);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
