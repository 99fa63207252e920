using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Identity;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Schedule;

/// <summary>
/// Starts runs on schedules. It sleeps until the next due time; between two looks at the files passes at most the refresh interval. A time
/// that passed while no server ran is not made up for.
/// </summary>
internal sealed class Scheduler(TriggerIndex triggers, StartRun start, TimeProvider clock, ILogger<Scheduler> log) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(15);

    private readonly Dictionary<(string File, CronTrigger Trigger), DateTimeOffset> _due = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await triggers.RefreshAsync(stoppingToken);
                await FireAsync(stoppingToken);
                var pause = _due.Count == 0 ? Refresh : _due.Values.Min() - clock.GetUtcNow();
                await Task.Delay(pause < Refresh ? (pause > TimeSpan.Zero ? pause : TimeSpan.Zero) : Refresh, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The boundary of the service: an outage of the store must not end all schedules.
                Log.SchedulerFailed(log, failure);
                await Task.Delay(Refresh, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FireAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = triggers.All.Where(entry => entry.Trigger is CronTrigger)
            .Select(entry => (entry.Pipeline, Key: (entry.File, Trigger: (CronTrigger)entry.Trigger)))
            .ToList();
        foreach (var gone in _due.Keys.Except(known.Select(entry => entry.Key)).ToList())
        {
            _due.Remove(gone);
        }

        foreach (var (pipeline, key) in known)
        {
            var schedule = key.Trigger.Schedule(pipeline).Value;
            if (_due.TryGetValue(key, out var due) && due <= now)
            {
                // After a pause (a suspended machine) only the latest of the missed times runs.
                await StartAsync(pipeline, key.File, $"cron:{key.Trigger.Expression}@{Print(schedule.Previous(now.AddTicks(1)) ?? due)}", ct);
                _due.Remove(key);
            }

            if (!_due.ContainsKey(key) && schedule.Next(now) is { } next)
            {
                _due[key] = next;
            }
        }
    }

    private async Task StartAsync(string pipeline, string file, string trigger, CancellationToken ct)
    {
        var started = await start.RunAsync(new StartRequest(file, Actor.System) { Trigger = trigger }, ct);
        if (started.TryGet(out var run, out var problem))
        {
            Log.TriggerStarted(log, trigger, run.Id, pipeline);
        }
        else
        {
            Log.TriggerFailed(log, trigger, pipeline, problem.Message);
        }
    }

    private static string Print(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
