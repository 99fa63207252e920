using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>
/// Holds the runs in progress. When the host starts, runs that a dead process left behind are marked interrupted and their processes are
/// ended; when it stops, running ones are interrupted in order.
/// </summary>
internal sealed class RunSupervisor(RunServices services, ILogger<RunSupervisor> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, LiveRun> _live = new(StringComparer.Ordinal);

    /// <summary>The run in progress of this id, or null.</summary>
    public LiveRun? Find(string runId) => _live.GetValueOrDefault(runId);

    /// <summary>Keeps a new run and starts it; null when its trigger already started it.</summary>
    public async Task<LiveRun?> StartAsync(RunRecord run, RunOrder order, CancellationToken ct)
    {
        var steps = order.Plan.Steps.Select((step, ordinal) => new StepRecord(run.Id, step.Name, ordinal)).Where(step => order.Steps.Contains(step.Step)).ToList();
        var live = new LiveRun(run);
        foreach (var step in steps)
        {
            live.Steps[step.Step] = step;
        }

        var began = live.Publish(RunEventKind.RunStarted, run.StartedAt, happened => happened with { RunState = RunState.Running, Text = run.Trigger });
        var change = new RunChange { Run = run, Plan = order.Plan.ToJson(), Steps = steps, Events = [began], Ledger = [Started(run)] };
        if (!await services.Store.SaveAsync(change, ct))
        {
            live.Dispose();
            return null;
        }

        _live[run.Id] = live;
        _ = Task.Run(() => ExecuteAsync(live, order), CancellationToken.None);
        return live;
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await services.Store.ListAsync(new RunQuery { State = RunState.Running, Limit = int.MaxValue }, cancellationToken))
        {
            Log.RunInterrupted(log, run.Id, run.Pipeline);
            await InterruptAsync(run, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        foreach (var live in _live.Values)
        {
            live.Stop(RunState.Interrupted);
        }

        await Task.WhenAll(_live.Values.Select(live => (Task)live.Finished)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private static LedgerDraft Started(RunRecord run) => new(run.Actor, "run.started", run.Subject)
    {
        Inputs = Lineage(run),
        Body = new JsonObject { ["pipeline"] = run.Pipeline, ["file"] = run.File, ["trigger"] = run.Trigger },
    };

    private static LedgerDraft Finished(RunRecord run, IEnumerable<StepRecord> steps) => new(run.Actor, "run.finished", run.Subject)
    {
        Inputs = Lineage(run),
        Outputs = [.. steps.OrderBy(step => step.Ordinal).SelectMany(step => step.Outputs.Values).Distinct().Select(Subject.Artifact)],
        Body = new JsonObject { ["pipeline"] = run.Pipeline, ["state"] = run.State.ToString().ToLowerInvariant() },
    };

    private static ImmutableArray<Subject> Lineage(RunRecord run) =>
        [Subject.Pipeline(run.Pipeline, run.Plan), .. run.Data.Select(Subject.Data), .. run.Commit is { } commit ? [Subject.Commit(commit)] : Array.Empty<Subject>()];

    private static TrackedRun Tracked(RunRecord run) =>
        new(run.Id, run.Pipeline, new PipelineReference(run.Pipeline, run.Plan, run.Commit, run.Data), run.Actor, run.StartedAt)
        {
            Parameters = run.Parameters.ToImmutableSortedDictionary(parameter => parameter.Key, parameter => Template.Text(parameter.Value), StringComparer.Ordinal),
            Trigger = run.Trigger,
        };

    private async Task ExecuteAsync(LiveRun live, RunOrder order)
    {
        try
        {
            foreach (var tracker in services.Trackers)
            {
                await tracker.StartAsync(Tracked(live.Run), CancellationToken.None);
            }

            var recorder = new RunRecorder(live.Run.Id, services.Store, services.Trackers);
            var (state, problem) = await new RunExecution(order, live, services, recorder).RunAsync();
            await recorder.CompleteAsync();
            await FinishAsync(live, state, problem);
        }
        catch (Exception failure)
        {
            // The boundary of a run: the store is out of reach. Whoever watches is told why; the record says so as soon as it can be written.
            Log.RunCrashed(log, live.Run.Id, failure);
            live.Publish(RunEventKind.RunFinished, services.Clock.GetUtcNow(), happened => happened with { RunState = RunState.Interrupted, Text = Outage.Explain(failure)?.Message ?? failure.Message });
            _live.TryRemove(live.Run.Id, out _);
            live.Fail(failure);
            await InterruptOnceReachableAsync(live.Run);
        }
    }

    private async Task InterruptOnceReachableAsync(RunRecord run)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await InterruptAsync(run, _stopping.Token);
                return;
            }
            catch (Exception again) when (Outage.Explain(again) is not null)
            {
                await Task.Delay(BetweenTries, services.Clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Of a run that nobody carries on: its processes end, its record says interrupted.
    private async Task InterruptAsync(RunRecord run, CancellationToken ct)
    {
        var now = services.Clock.GetUtcNow();
        EndLeftovers(run.Id);
        var steps = await services.Store.StepsAsync(run.Id, ct);
        var interrupted = run with { State = RunState.Interrupted, FinishedAt = now };
        await services.Store.SaveAsync(
            new RunChange
            {
                Run = interrupted,
                Steps = [.. steps.Where(step => step.State is StepState.Running or StepState.Pending).Select(step => step with
                {
                    State = step.State is StepState.Running ? StepState.Interrupted : StepState.Skipped,
                    FinishedAt = now,
                    Why = step.State is StepState.Running ? step.Why : "the process that ran the pipeline died",
                })],
                Events = [new RunEvent(run.Id, long.MaxValue, now, RunEventKind.RunFinished) { RunState = RunState.Interrupted }],
                Ledger = [Finished(interrupted, steps)],
            },
            ct);
        foreach (var tracker in services.Trackers)
        {
            await tracker.FinishAsync(run.Id, RunOutcome.Interrupted, now, ct);
        }
    }

    private async Task FinishAsync(LiveRun live, RunState state, Problem? problem)
    {
        var now = services.Clock.GetUtcNow();
        var run = live.Run with { State = state, FinishedAt = now, Problem = state is RunState.Failed ? problem : null };
        var ended = live.Publish(RunEventKind.RunFinished, now, happened => happened with
        {
            RunState = state,
            Text = run.Problem?.Message,
            Duration = now - run.StartedAt,
        });
        await services.Store.SaveAsync(new RunChange { Run = run, Events = [ended], Ledger = [Finished(run, live.Steps.Values)] }, CancellationToken.None);
        var outcome = state switch
        {
            RunState.Succeeded => RunOutcome.Succeeded,
            RunState.Cancelled => RunOutcome.Cancelled,
            RunState.Interrupted => RunOutcome.Interrupted,
            _ => RunOutcome.Failed,
        };
        var why = run.Problem is { } failure ? RunReport.Empty.Tags.Add("millwright.problem", failure.Message) : RunReport.Empty.Tags;
        foreach (var tracker in services.Trackers)
        {
            if (!why.IsEmpty)
            {
                await tracker.LogAsync(run.Id, RunReport.Empty with { Tags = why }, CancellationToken.None);
            }

            await tracker.FinishAsync(run.Id, outcome, now, CancellationToken.None);
        }

        RemoveWork(run.Id);
        // From here on the store answers for the run; whoever waits for the end finds it there.
        _live.TryRemove(run.Id, out _);
        live.Finish(run);
    }

    private void EndLeftovers(string runId)
    {
        var folder = services.Options.WorkFolder(runId);
        if (Directory.Exists(folder))
        {
            foreach (var note in Directory.EnumerateFiles(folder, "process", SearchOption.AllDirectories))
            {
                ProcessGroup.KillNoted(note);
            }
        }

        RemoveWork(runId);
    }

    private void RemoveWork(string runId)
    {
        try
        {
            Directory.Delete(services.Options.WorkFolder(runId), recursive: true);
        }
        catch (IOException)
        {
            // Nothing was made there, or a process that escaped its group still writes.
        }
    }
}
