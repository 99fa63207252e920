using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Tracking.Artifacts;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking.Pipelines;

/// <summary>
/// Shows the runs of pipelines as runs of an experiment named after the pipeline, under the same id. The pipeline itself tells the
/// ledger of its runs.
/// </summary>
internal sealed class TrackPipelineRuns(IExperimentStore experiments, IRunStore runs) : IRunTracker
{
    private const int MostPerBatch = 1000;

    public async Task StartAsync(TrackedRun run, CancellationToken ct)
    {
        var experiment = await ExperimentAsync(run, ct);
        var tags = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add(StartRun.NameTag, run.Name)
            .Add("mlflow.user", run.Actor.Name)
            .Add("mlflow.source.type", "PIPELINE")
            .Add("mlflow.source.name", run.Pipeline.Name)
            .Add(Run.PipelineTag, Subject.Pipeline(run.Pipeline.Name, run.Pipeline.Digest).ToString());
        if (run.Trigger is { Length: > 0 } trigger)
        {
            tags = tags.Add("millwright.trigger", trigger);
        }

        if (run.Pipeline.Commit is { } commit)
        {
            tags = tags.Add("mlflow.source.git.commit", commit);
        }

        await runs.CreateAsync(
            new NewRun(new RunId(run.RunId), experiment, run.Name, run.Actor.Name, run.At.ToUnixTimeMilliseconds(), tags) { Parameters = run.Parameters },
            ct);
        // A run that is resumed runs again.
        await UpdateAsync(run.RunId, info => info with { Status = RunStatus.Running, EndTime = null }, ct);
    }

    public async Task LogAsync(string runId, RunReport report, CancellationToken ct)
    {
        foreach (var metrics in report.Metrics.Chunk(MostPerBatch))
        {
            await ChangeAsync(runId, _ => new RunChange
            {
                Metrics = [.. metrics.Select(metric => new MetricPoint(metric.Name, metric.Value, Math.Max(0, metric.At.ToUnixTimeMilliseconds()), metric.Step))],
            }, ct);
        }

        if (report.Parameters.IsEmpty && report.Tags.IsEmpty)
        {
            return;
        }

        // A parameter that the run has keeps its first value: reporting again, as after a resume, changes nothing.
        await ChangeAsync(runId, run => new RunChange
        {
            Parameters = [.. report.Parameters.Where(parameter => run.Parameter(parameter.Key) is null)],
            Tags = report.Tags,
        }, ct);
    }

    public Task FinishAsync(string runId, RunOutcome outcome, DateTimeOffset at, CancellationToken ct) => UpdateAsync(
        runId,
        info => info with
        {
            EndTime = at.ToUnixTimeMilliseconds(),
            Status = outcome switch
            {
                RunOutcome.Succeeded => RunStatus.Finished,
                RunOutcome.Cancelled => RunStatus.Killed,
                _ => RunStatus.Failed,
            },
        },
        ct);

    private Task UpdateAsync(string runId, Func<RunInfo, RunInfo> next, CancellationToken ct) =>
        ChangeAsync(runId, run => new RunChange { Info = next(run.Info) }, ct);

    // A run that was never started is unknown here, and tracking it is then nobody's wish.
    private Task ChangeAsync(string runId, Func<IRunUnderChange, RunChange> change, CancellationToken ct) =>
        runs.ChangeAsync(new RunId(runId), run => change(run), ct);

    private async Task<ExperimentId> ExperimentAsync(TrackedRun run, CancellationToken ct)
    {
        if (experiments.FindByName(run.Pipeline.Name) is { } known)
        {
            return known.Id;
        }

        var created = await experiments.CreateAsync(
            run.Pipeline.Name, id => ArtifactFolder.Uri(id.ToString()), ImmutableSortedDictionary<string, string>.Empty,
            run.At.ToUnixTimeMilliseconds(), run.Actor, ct);
        // Somebody else may have created it in between.
        return created.IsOk ? created.Value.Id : experiments.FindByName(run.Pipeline.Name)?.Id ?? ExperimentId.Default;
    }
}
