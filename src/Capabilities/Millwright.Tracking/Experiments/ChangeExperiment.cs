using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.Tracking.Experiments;

/// <summary>Renames, deletes and restores experiments.</summary>
public sealed class ChangeExperiment(IExperimentStore experiments, TimeProvider clock)
{
    /// <summary>Renames an active experiment; a name in use is a problem.</summary>
    public async Task<Result<Experiment>> RenameAsync(ExperimentId id, string name, Actor actor, CancellationToken ct)
    {
        if (CreateExperiment.CheckName(name, "new_name") is { } bad)
        {
            return bad;
        }

        if (experiments.FindByName(name) is { } other && other.Id != id)
        {
            return new Problem("experiment.name_taken", $"Experiment(name={name}) already exists.", "Choose another name.", ProblemKind.Conflict);
        }

        return await experiments.ChangeAsync(
            id,
            now => now.Lifecycle is Lifecycle.Active
                ? Change(now with { Name = name }, "renamed", actor)
                : new Problem("experiment.not_active", "Cannot rename a non-active experiment.", "Restore it first.", ProblemKind.Conflict),
            ct);
    }

    /// <summary>Deletes an active experiment with its runs; both can be restored.</summary>
    public Task<Result<Experiment>> DeleteAsync(ExperimentId id, Actor actor, CancellationToken ct) =>
        MoveAsync(id, Lifecycle.Deleted, "deleted", actor, ct);

    /// <summary>Restores a deleted experiment with its runs.</summary>
    public Task<Result<Experiment>> RestoreAsync(ExperimentId id, Actor actor, CancellationToken ct) =>
        MoveAsync(id, Lifecycle.Active, "restored", actor, ct);

    private Task<Result<Experiment>> MoveAsync(ExperimentId id, Lifecycle to, string what, Actor actor, CancellationToken ct) =>
        experiments.ChangeAsync(
            id,
            now => now.Lifecycle == to ? TrackingProblems.UnknownExperiment(id) : Change(now with { Lifecycle = to }, what, actor),
            ct);

    private Result<ExperimentChange> Change(Experiment next, string what, Actor actor)
    {
        var changed = next with { UpdatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        return new ExperimentChange(changed, TrackingEvents.Changed(changed, what, actor));
    }
}
