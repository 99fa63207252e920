using Millwright.Abstractions.Results;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Plan;
using Millwright.Pipelines.Yaml;

namespace Millwright.Pipelines.Show;

/// <summary>A run with its steps and the plan it is pinned to.</summary>
/// <param name="Run">The run.</param>
/// <param name="Steps">In the order of the plan; of a run in progress as they are this moment.</param>
/// <param name="Plan">The graph.</param>
public sealed record ShownRun(RunRecord Run, IReadOnlyList<StepRecord> Steps, PipelinePlan Plan);

/// <summary>Shows one run.</summary>
public sealed class ShowRun
{
    private readonly IRunStore _store;
    private readonly RunSupervisor _supervisor;

    internal ShowRun(IRunStore store, RunSupervisor supervisor) => (_store, _supervisor) = (store, supervisor);

    /// <summary>The run of this id, or of the only id that begins so.</summary>
    public async Task<Result<ShownRun>> RunAsync(string runId, CancellationToken ct)
    {
        // Taken before the store is read: a run that ends in between is then complete in the store.
        var live = _supervisor.Find(runId);
        if (live is null && await _store.FindAsync(runId, ct) is { } stored)
        {
            live = _supervisor.Find(stored.Id);
            runId = stored.Id;
        }

        if (live is not null)
        {
            return new ShownRun(live.Run, [.. live.Steps.Values.OrderBy(step => step.Ordinal)], await ReadPlanAsync(live.Run, ct));
        }

        return await _store.FindAsync(runId, ct) is { } run
            ? new ShownRun(run, await _store.StepsAsync(run.Id, ct), await ReadPlanAsync(run, ct))
            : new Problem("run.unknown", $"There is no run '{runId}', or more than one id begins so.", "Run 'mw runs' to see them.", ProblemKind.NotFound);
    }

    private async Task<PipelinePlan> ReadPlanAsync(RunRecord run, CancellationToken ct) =>
        await _store.FindPlanAsync(run.Plan, ct) is { } json ? YamlPlanReader.Read(json, run.File, run.Pipeline).Plan : new PipelinePlan(run.Pipeline);
}
