using System.Text.Json.Nodes;
using System.Threading.Channels;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Cache;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>What to run.</summary>
/// <param name="Plan">The checked plan.</param>
/// <param name="Steps">Names of the steps to run.</param>
/// <param name="Inputs">What it reads from the project.</param>
/// <param name="Force">Whether the cache is passed over.</param>
internal sealed record RunOrder(PipelinePlan Plan, IReadOnlySet<string> Steps, RunInputs Inputs, bool Force);

/// <summary>
/// Executes one plan on this machine. Event driven: every step counts what it still waits for, and a finished step counts its dependants
/// down. A failed step takes only its dependants with it; independent branches finish.
/// </summary>
internal sealed class RunExecution
{
    private readonly RunOrder _order;
    private readonly LiveRun _live;
    private readonly RunServices _services;
    private readonly RunRecorder _recorder;
    private readonly StepRunner _runner;
    private readonly Dictionary<string, PlanStep> _steps;
    private readonly Dictionary<string, List<string>> _dependants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _waitsFor = new(StringComparer.Ordinal);
    private readonly Queue<string> _ready = new();
    private readonly Channel<StepRecord> _finished = Channel.CreateUnbounded<StepRecord>(new UnboundedChannelOptions { SingleReader = true });

    public RunExecution(RunOrder order, LiveRun live, RunServices services, RunRecorder recorder)
    {
        (_order, _live, _services, _recorder) = (order, live, services, recorder);
        _runner = new StepRunner(order, live, services, recorder);
        _steps = order.Plan.Steps.Where(step => order.Steps.Contains(step.Name)).ToDictionary(step => step.Name, StringComparer.Ordinal);
        foreach (var step in _steps.Values)
        {
            var upstream = step.Upstream().ToList();
            _waitsFor[step.Name] = upstream.Count;
            if (upstream.Count == 0)
            {
                _ready.Enqueue(step.Name);
            }

            foreach (var before in upstream)
            {
                if (!_dependants.TryGetValue(before, out var after))
                {
                    _dependants[before] = after = [];
                }

                after.Add(step.Name);
            }
        }
    }

    /// <summary>Runs to the end and returns how it ended, with the first failure.</summary>
    public async Task<(RunState State, Problem? Problem)> RunAsync()
    {
        var running = 0;
        Problem? first = null;
        while (true)
        {
            while (running < _services.Options.MaxParallel && !_live.Stopping.IsCancellationRequested && _ready.TryDequeue(out var name))
            {
                var begun = await BeginAsync(_steps[name]);
                if (begun.State is not StepState.Running)
                {
                    first ??= begun.Problem;
                    Complete(begun);
                    continue;
                }

                running++;
                _ = Task.Run(() => RunStepAsync(_steps[name], begun), CancellationToken.None);
            }

            if (running == 0)
            {
                break;
            }

            var finished = await _finished.Reader.ReadAsync();
            running--;
            first ??= finished.Problem;
            Complete(finished);
        }

        SkipTheRest();
        var state = _live.Stopping.IsCancellationRequested ? _live.StopState
            : first is null ? RunState.Succeeded
            : RunState.Failed;
        return (state, first);
    }

    // A hit comes back finished, anything else running.
    private async Task<StepRecord> BeginAsync(PlanStep step)
    {
        try
        {
            var (record, hit) = await _runner.BeginAsync(step);
            return hit ?? record;
        }
        catch (Exception failure)
        {
            return Crashed(_live.Steps[step.Name], failure);
        }
    }

    private async Task RunStepAsync(PlanStep step, StepRecord record)
    {
        StepRecord finished;
        try
        {
            finished = await _runner.RunAsync(step, record);
        }
        catch (Exception failure)
        {
            finished = Crashed(record, failure);
        }

        _finished.Writer.TryWrite(finished);
    }

    // The boundary of a step: a bug in an action, or an outage of the store, ends the step and not the server.
    private StepRecord Crashed(StepRecord record, Exception failure) => record with
    {
        State = StepState.Failed,
        FinishedAt = _services.Clock.GetUtcNow(),
        Problem = Outage.Explain(failure) is { } outage
            ? outage with { Message = $"Step '{record.Step}' was stopped by an outage. {outage.Message}" }
            : new Problem("step.crashed", $"Step '{record.Step}' crashed: {failure.GetType().Name}: {failure.Message}", "This is a bug in the action; please report it with the log of the server.", ProblemKind.Unavailable),
    };

    private void Complete(StepRecord step)
    {
        _live.Steps[step.Step] = step;
        _recorder.Add(step);
        _recorder.Add(_live.Publish(RunEventKind.StepFinished, _services.Clock.GetUtcNow(), happened => happened with
        {
            Step = step.Step,
            StepState = step.State,
            Attempt = step.Attempts,
            Text = step.Problem?.Message ?? step.Why,
            Duration = step.FinishedAt - step.StartedAt,
        }));
        if (step.State is not (StepState.Succeeded or StepState.Cached))
        {
            return;
        }

        foreach (var after in _dependants.GetValueOrDefault(step.Step, []))
        {
            if (--_waitsFor[after] == 0)
            {
                _ready.Enqueue(after);
            }
        }
    }

    private void SkipTheRest()
    {
        foreach (var step in _live.Steps.Values.Where(step => step.State is StepState.Pending).OrderBy(step => step.Ordinal).ToList())
        {
            var blocked = _steps[step.Step].Upstream().FirstOrDefault(before => _live.Steps[before].State is not (StepState.Succeeded or StepState.Cached));
            var why = blocked is null ? "the run was stopped before it began" : $"'{blocked}' did not succeed";
            Complete(step with { State = StepState.Skipped, Why = why });
        }
    }
}
