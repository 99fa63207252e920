using System.Threading.Channels;
using Millwright.Abstractions.Steps;

namespace Millwright.Pipelines.Execute;

/// <summary>
/// Writes a run's changes behind its back, in order, everything that has gathered in one transaction. Whoever needs durability awaits it.
/// </summary>
internal sealed class RunRecorder
{
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly string _runId;
    private readonly IRunStore _store;
    private readonly IReadOnlyList<IRunTracker> _trackers;
    private readonly Task _loop;

    public RunRecorder(string runId, IRunStore store, IReadOnlyList<IRunTracker> trackers)
    {
        (_runId, _store, _trackers) = (runId, store, trackers);
        _loop = Task.Run(WriteAsync);
    }

    public void Add(RunEvent happened)
    {
        if (happened.IsStored)
        {
            _entries.Writer.TryWrite(new Entry(null, happened, null, null));
        }
    }

    public void Add(StepRecord step) => _entries.Writer.TryWrite(new Entry(step, null, null, null));

    public void Add(RunReport report)
    {
        if (!report.IsEmpty && _trackers.Count > 0)
        {
            _entries.Writer.TryWrite(new Entry(null, null, report, null));
        }
    }

    /// <summary>Completes when everything added before is durable.</summary>
    public Task FlushAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _entries.Writer.TryWrite(new Entry(null, null, null, done)) ? Task.WhenAny(done.Task, _loop).Unwrap() : _loop;
    }

    /// <summary>Writes the rest.</summary>
    public Task CompleteAsync()
    {
        _entries.Writer.TryComplete();
        return _loop;
    }

    private async Task WriteAsync()
    {
        var group = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (_entries.Reader.TryRead(out var entry))
            {
                group.Add(entry);
            }

            await WriteAsync(group);
            foreach (var entry in group)
            {
                entry.Done?.TrySetResult();
            }
        }
    }

    private async Task WriteAsync(List<Entry> group)
    {
        var steps = group.Select(entry => entry.Step).OfType<StepRecord>().GroupBy(step => step.Step, StringComparer.Ordinal).Select(same => same.Last()).ToList();
        var events = group.Select(entry => entry.Event).OfType<RunEvent>().ToList();
        if (steps.Count > 0 || events.Count > 0)
        {
            await _store.SaveAsync(new RunChange { Steps = steps, Events = events }, CancellationToken.None);
        }

        var reports = group.Select(entry => entry.Report).OfType<RunReport>().ToList();
        if (reports.Count > 0)
        {
            var merged = Merge(reports);
            foreach (var tracker in _trackers)
            {
                await tracker.LogAsync(_runId, merged, CancellationToken.None);
            }
        }
    }

    private static RunReport Merge(List<RunReport> reports) => reports.Count == 1 ? reports[0] : new RunReport(
        [.. reports.SelectMany(report => report.Metrics)],
        reports.Aggregate(RunReport.Empty.Parameters, (all, report) => all.SetItems(report.Parameters)),
        reports.Aggregate(RunReport.Empty.Tags, (all, report) => all.SetItems(report.Tags)));

    private sealed record Entry(StepRecord? Step, RunEvent? Event, RunReport? Report, TaskCompletionSource? Done);
}
