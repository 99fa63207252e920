using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Cache;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>Runs single steps of one run: looks into the cache, else attempts the work, retries, and commits the outputs.</summary>
internal sealed class StepRunner(RunOrder order, LiveRun live, RunServices services, RunRecorder recorder)
{
    // No input can be called so: names have no blanks.
    private const string StateInput = "state outside";

    private readonly StepCache _cache = new(services.Store, services.Content);

    private RunRecord Run => live.Run;

    /// <summary>Works out the step's facets; a hit is finished at once.</summary>
    public async Task<(StepRecord Record, StepRecord? Hit)> BeginAsync(PlanStep step)
    {
        var worker = services.WorkerFor(step.Work);
        var now = services.Clock.GetUtcNow();
        var facets = Facets(step, worker);
        foreach (var (parameter, path) in worker.FilesOf(step.Work, Parameters(step)))
        {
            var digest = await services.Digests.DigestAsync(Path.Combine(services.Options.ProjectFolder, path), CancellationToken.None);
            facets = facets with { Inputs = facets.Inputs.Add($"file of {parameter}", digest?.ToString() ?? "missing") };
        }

        if (await worker.StateAsync(step.Work, Parameters(step), live.Stopping) is { } state)
        {
            facets = facets with { Inputs = facets.Inputs.Add(StateInput, state) };
        }

        var isCacheable = step.Cache && worker.IsCacheable(step.Work);
        var found = await _cache.FindAsync(Run.Pipeline, step.Name, Run.Id, facets, (isCacheable, step.Cache, order.Force), live.Stopping.IsCancellationRequested ? default : CancellationToken.None);
        var record = live.Steps[step.Name] with { Facets = facets, Why = found.Why, StartedAt = now };
        if (found.Result is { } earlier)
        {
            recorder.Add(earlier.Report);
            return (record, record with
            {
                State = StepState.Cached,
                FinishedAt = now,
                Outputs = earlier.Outputs,
                Report = earlier.Report,
                MadeBy = earlier.RunId,
            });
        }

        record = record with { State = StepState.Running };
        live.Steps[step.Name] = record;
        recorder.Add(record);
        return (record, null);
    }

    /// <summary>Attempts the work until it succeeds or no attempt is left; the result is durable when this returns.</summary>
    public async Task<StepRecord> RunAsync(PlanStep step, StepRecord record)
    {
        var journal = new StepJournal(step.Name, services.Options.LogFile(Run.Id, step.Name), live, recorder, services.Clock);
        await using (journal)
        {
            for (var attempt = 1; ; attempt++)
            {
                record = record with { Attempts = attempt };
                live.Steps[step.Name] = record;
                recorder.Add(live.Publish(RunEventKind.StepStarted, services.Clock.GetUtcNow(), happened => happened with
                {
                    Step = step.Name,
                    StepState = StepState.Running,
                    Attempt = attempt,
                    Text = record.Why,
                }));

                // Durable before the work begins, so that a killed host's successor knows which steps were under way.
                await recorder.FlushAsync();
                var (outputs, problem) = await AttemptAsync(step, record, journal, attempt);
                record = record with { FinishedAt = services.Clock.GetUtcNow(), Problem = problem, Report = journal.Report };
                if (outputs is not null)
                {
                    record = record with { State = StepState.Succeeded, Outputs = outputs };
                    recorder.Add(record);
                    await recorder.FlushAsync();
                    return record;
                }

                if (live.Stopping.IsCancellationRequested)
                {
                    return record with { State = live.StopState is RunState.Interrupted ? StepState.Interrupted : StepState.Cancelled, Problem = null };
                }

                // A no is an answer, not a failure that another attempt could mend.
                if (attempt > step.Retry.Max || problem!.Kind is ProblemKind.Refused or ProblemKind.Forbidden)
                {
                    journal.Line($"error: {problem!.Message}");
                    return record with { State = StepState.Failed };
                }

                await PauseAsync(step, attempt + 1, problem, journal);
                journal.Restart();
            }
        }
    }

    private async Task PauseAsync(PlanStep step, int next, Problem problem, StepJournal journal)
    {
        var pause = step.Retry.PauseBefore(next);
        journal.Line($"attempt {next - 1} failed: {problem.Message} Attempt {next} of {step.Retry.Max + 1} follows in {Duration.Write(pause)}.");
        recorder.Add(live.Publish(RunEventKind.StepRetrying, services.Clock.GetUtcNow(), happened => happened with
        {
            Step = step.Name,
            StepState = StepState.Running,
            Attempt = next - 1,
            Text = problem.Message,
            Duration = pause,
        }));
        await Task.Delay(pause, services.Clock, live.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<(ImmutableSortedDictionary<string, ContentDigest>? Outputs, Problem? Problem)> AttemptAsync(
        PlanStep step, StepRecord record, StepJournal journal, int attempt)
    {
        var folder = Path.Combine(services.Options.WorkFolder(Run.Id), step.Name, $"{attempt}");
        var inputs = step.Inputs.ToDictionary(input => input.Key, input => Resolve(input.Value), StringComparer.Ordinal);
        var prepared = await StepWorkspace.PrepareAsync(folder, step, inputs, services.Content, CancellationToken.None);
        if (!prepared.TryGet(out var workspace, out var unprepared))
        {
            return (null, unprepared);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(live.Stopping);
        using var timeout = step.Timeout is { } limit ? new CancellationTokenSource(limit, services.Clock) : null;
        using var linked = timeout?.Token.Register(ending.Cancel);
        try
        {
            var done = await services.WorkerFor(step.Work).RunAsync(step.Work, Context(step, record, workspace, inputs, journal), journal, Run.Parameters, ending.Token);
            return done.Problem is { } failed ? (null, failed) : await CommitAsync(step, workspace);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return (null, live.Stopping.IsCancellationRequested
                ? new Problem("step.cancelled", $"Step '{step.Name}' was stopped.", "Run the pipeline again; finished steps are not repeated.")
                : new Problem("step.timeout", $"Step '{step.Name}' took longer than its timeout of {Duration.Write(step.Timeout!.Value)} and was stopped.", "Raise the step's timeout, or give it less to do."));
        }
        finally
        {
            workspace.Remove();
        }
    }

    private async Task<(ImmutableSortedDictionary<string, ContentDigest>? Outputs, Problem? Problem)> CommitAsync(PlanStep step, StepWorkspace workspace)
    {
        var missing = workspace.Outputs.Where(output => !Path.Exists(output.Value)).Select(output => output.Key).ToList();
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Select(name => $"'{name}'"));
            return (null, new Problem("step.output-missing", $"Step '{step.Name}' ended without making its output {names}.", $"Let it write to ${{outputs.{missing[0]}}}, or take the output out of the pipeline."));
        }

        var outputs = ImmutableSortedDictionary.CreateBuilder<string, ContentDigest>(StringComparer.Ordinal);
        foreach (var (name, path) in workspace.Outputs)
        {
            outputs[name] = await services.Content.TakeAsync(path, CancellationToken.None);
        }

        return (outputs.ToImmutable(), null);
    }

    private StepContext Context(
        PlanStep step, StepRecord record, StepWorkspace workspace, IReadOnlyDictionary<string, ResolvedInput> inputs, StepJournal journal) =>
        new(Run.Id, step.Name, services.Options.ProjectFolder, workspace.Scratch, workspace.Inputs, workspace.Outputs, Parameters(step), journal)
        {
            Actor = Run.Actor,
            RunParameters = Run.Parameters,
            InputDigests = inputs.ToDictionary(input => input.Key, input => input.Value.Digest, StringComparer.Ordinal),
            Pipeline = new PipelineReference(Run.Pipeline, Run.Plan, Run.Commit, Run.Data),
        };

    private StepFacets Facets(PlanStep step, IStepWorker worker) => new(
        worker.Identify(step.Work, Run.Parameters),
        step.Inputs.ToImmutableSortedDictionary(input => input.Key, input => Resolve(input.Value).Digest.ToString(), StringComparer.Ordinal),
        Parameters(step).ToImmutableSortedDictionary(parameter => parameter.Key, parameter => CanonicalJson.Write(parameter.Value), StringComparer.Ordinal),
        step.Outputs);

    private JsonObject Parameters(PlanStep step) =>
        new(step.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, Template.Resolve(parameter.Value, Run.Parameters))));

    private ResolvedInput Resolve(InputSource source) =>
        order.Inputs.Resolve(source, services.Options.ProjectFolder, Run.Parameters, name => live.Steps[name], order.Plan);
}
