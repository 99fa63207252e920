using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Tracking.Experiments;

namespace Millwright.Tracking.Runs;

/// <summary>Updates, ends, deletes and restores runs.</summary>
public sealed class ChangeRun(IRunStore runs)
{
    /// <summary>Updates an active run; what is null stays. A new name is mirrored in its tag.</summary>
    public Task<Result<RunInfo>> UpdateAsync(RunId id, RunStatus? status, long? endTime, string? name, Actor actor, CancellationToken ct) =>
        runs.ChangeAsync(
            id,
            run => LogToRun.Active(run).Map(info =>
            {
                var named = name is { Length: > 0 } ? name : null;
                var next = info with { Status = status ?? info.Status, EndTime = endTime ?? info.EndTime, Name = named ?? info.Name };
                return new RunChange
                {
                    Info = next,
                    Tags = named is null ? [] : [KeyValuePair.Create(StartRun.NameTag, named)],
                    Event = next.IsOver && !info.IsOver ? TrackingEvents.Changed(next, "finished", actor) : null,
                };
            }),
            ct);

    /// <summary>Deletes a run; deleting it again changes nothing.</summary>
    public Task<Result<RunInfo>> DeleteAsync(RunId id, Actor actor, CancellationToken ct) => MoveAsync(id, Lifecycle.Deleted, "deleted", actor, ct);

    /// <summary>Restores a run; restoring it again changes nothing.</summary>
    public Task<Result<RunInfo>> RestoreAsync(RunId id, Actor actor, CancellationToken ct) => MoveAsync(id, Lifecycle.Active, "restored", actor, ct);

    private Task<Result<RunInfo>> MoveAsync(RunId id, Lifecycle to, string what, Actor actor, CancellationToken ct) => runs.ChangeAsync(
        id,
        run => run.Info.Lifecycle == to
            ? new RunChange()
            : new RunChange { Info = run.Info with { Lifecycle = to }, Event = TrackingEvents.Changed(run.Info, what, actor) },
        ct);
}
