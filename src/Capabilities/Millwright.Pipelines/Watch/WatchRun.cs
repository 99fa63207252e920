using System.Runtime.CompilerServices;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Show;

namespace Millwright.Pipelines.Watch;

/// <summary>Follows a run.</summary>
public sealed class WatchRun
{
    private readonly IRunStore _store;
    private readonly RunSupervisor _supervisor;
    private readonly ShowRun _show;

    internal WatchRun(IRunStore store, RunSupervisor supervisor, ShowRun show) => (_store, _supervisor, _show) = (store, supervisor, show);

    /// <summary>The run's events after a position: of a run in progress with lines and metrics, live, until it is over; else the stored ones.</summary>
    public async IAsyncEnumerable<RunEvent> RunAsync(string runId, long after, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var live = _supervisor.Find(runId);
        var events = live is not null ? live.ReadAsync(after, ct) : StoredAsync(runId, after, ct);
        await foreach (var happened in events.WithCancellation(ct))
        {
            yield return happened;
        }
    }

    /// <summary>Waits until the run is over and returns it with its steps.</summary>
    public async Task<Result<ShownRun>> WaitAsync(string runId, CancellationToken ct)
    {
        if (_supervisor.Find(runId) is { } live)
        {
            await live.Finished.WaitAsync(ct);
        }

        return await _show.RunAsync(runId, ct);
    }

    private async IAsyncEnumerable<RunEvent> StoredAsync(string runId, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var happened in await _store.EventsAsync(runId, after, ct))
        {
            yield return happened;
        }
    }
}
