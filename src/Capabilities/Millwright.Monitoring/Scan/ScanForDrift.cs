using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Millwright.Abstractions.Serving;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Drift;

namespace Millwright.Monitoring.Scan;

/// <summary>
/// Holds the traffic of every served version against the profile of its training data, window by window. A monitor needs no set-up: what is
/// deployed is watched. State is in the store alone, so that a restart goes on where the last window ended.
/// </summary>
public sealed class ScanForDrift(
    ITrafficSplit split, IPredictionLog log, ReadReference references, IMonitorStore monitors, IAlertStore alerts, CompareColumns compare,
    IOptions<MonitoringOptions> options, TimeProvider clock, ILogger<ScanForDrift> logger)
{
    private readonly SemaphoreSlim _one = new(1);

    // Only saves reading: without it a version that has no window yet is looked for in the whole log.
    private readonly Dictionary<(string Model, int Version), DateTimeOffset> _rest = [];

    /// <summary>Waits until what was answered before the call has settled, then judges every complete window; returns them.</summary>
    public async Task<IReadOnlyList<DriftWindow>> RunAsync(CancellationToken ct)
    {
        // The call's own time is the limit: a timer that fires early must not shut out what was answered just before.
        var called = clock.GetUtcNow();
        await Task.Delay(options.Value.Settle, clock, ct);
        return await LookAsync(called, ct);
    }

    /// <summary>Judges every complete window of predictions that have settled; returns them.</summary>
    public Task<IReadOnlyList<DriftWindow>> LookAsync(CancellationToken ct) => LookAsync(clock.GetUtcNow() - options.Value.Settle, ct);

    private async Task<IReadOnlyList<DriftWindow>> LookAsync(DateTimeOffset settled, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await log.FlushAsync(ct);
            var judged = new List<DriftWindow>();
            foreach (var model in split.Models)
            {
                var served = split.Targets(model).Select(target => target.Version).Distinct().ToList();
                foreach (var version in served)
                {
                    judged.AddRange(await ScanAsync(model, version, settled, ct));
                }

                await EndRetiredAsync(model, served, ct);
            }

            return judged;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<List<DriftWindow>> ScanAsync(string model, int version, DateTimeOffset settled, CancellationToken ct)
    {
        var judged = new List<DriftWindow>();
        if (!(await references.RunAsync(model, version, ct)).TryGet(out var reference, out var problem))
        {
            Log.NoReference(logger, model, version, problem.Message);
            return judged;
        }

        var reader = new WindowReader(log, compare, options.Value, settled);
        var rest = _rest.GetValueOrDefault((model, version), DateTimeOffset.UnixEpoch);
        await foreach (var window in reader.ReadAsync(model, version, monitors.Cursor(model, version), rest, reference, ct))
        {
            var changes = AlertRules.After(window, alerts.Open(model), Surroundings(model));
            if (!await monitors.SaveAsync(window, changes, ct))
            {
                return judged;
            }

            judged.Add(window);
        }

        _rest[(model, version)] = reader.Rest;
        return judged;
    }

    // An alert about a version that takes no traffic any more would stay open for ever.
    private async Task EndRetiredAsync(string model, List<int> served, CancellationToken ct)
    {
        foreach (var alert in alerts.Open(model).Where(alert => !served.Contains(alert.Version)))
        {
            await alerts.SaveAsync(AlertRules.Resolve(alert, $"version {alert.Version} takes no traffic any more", Surroundings(model)), ct);
        }
    }

    private AlertSurroundings Surroundings(string model) =>
        new(clock.GetUtcNow(), options.Value.ResolveAfter, alerts.IsSilenced(model, clock.GetUtcNow()), clock);
}
