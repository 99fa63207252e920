using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Millwright.Pipelines.Execute;

/// <summary>A run in progress in this process: its events as they happen, its steps as they are, and the switch that stops it.</summary>
internal sealed class LiveRun : IDisposable
{
    // Someone who watches late sees at least this many events; what is older is in the store and in the logs.
    private const int History = 20_000;

    private readonly Queue<RunEvent> _events = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<RunRecord> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _seq;
    private bool _isOver;

    public LiveRun(RunRecord run) => Run = run;

    public RunRecord Run { get; private set; }

    public ConcurrentDictionary<string, StepRecord> Steps { get; } = new(StringComparer.Ordinal);

    public CancellationToken Stopping => _stop.Token;

    /// <summary>What the run becomes when it is stopped.</summary>
    public RunState StopState { get; private set; } = RunState.Cancelled;

    /// <summary>Completes with the final record.</summary>
    public Task<RunRecord> Finished => _finished.Task;

    public void Stop(RunState state)
    {
        StopState = state;
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }
        }

        _stop.Cancel();
    }

    /// <summary>Numbers an event and hands it to everyone who watches.</summary>
    public RunEvent Publish(RunEventKind kind, DateTimeOffset at, Func<RunEvent, RunEvent>? fill = null)
    {
        TaskCompletionSource changed;
        RunEvent happened;
        lock (_gate)
        {
            happened = new RunEvent(Run.Id, ++_seq, at, kind);
            happened = fill?.Invoke(happened) ?? happened;
            _events.Enqueue(happened);
            if (_events.Count > History)
            {
                _events.Dequeue();
            }

            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.TrySetResult();
        return happened;
    }

    public void Finish(RunRecord run)
    {
        Run = run;
        TaskCompletionSource changed;
        lock (_gate)
        {
            _isOver = true;
            changed = _changed;
        }

        changed.TrySetResult();
        _finished.TrySetResult(run);
    }

    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _isOver = true;
        }

        _changed.TrySetResult();
        _finished.TrySetException(failure);
    }

    /// <summary>Events after a position, as they come, until the run is over.</summary>
    public async IAsyncEnumerable<RunEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            RunEvent[] news;
            Task changed;
            bool isOver;
            lock (_gate)
            {
                news = [.. _events.SkipWhile(happened => happened.Seq <= after)];
                (changed, isOver) = (_changed.Task, _isOver);
            }

            foreach (var happened in news)
            {
                yield return happened;
                after = happened.Seq;
            }

            if (isOver)
            {
                yield break;
            }

            await changed.WaitAsync(ct);
        }
    }

    /// <summary>Completes when anything happened after the call, or the run is over.</summary>
    public Task ChangedAsync()
    {
        lock (_gate)
        {
            return _isOver ? Task.CompletedTask : _changed.Task;
        }
    }

    public void Dispose() => _stop.Dispose();
}
