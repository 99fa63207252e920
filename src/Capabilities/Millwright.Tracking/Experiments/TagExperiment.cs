using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.Tracking.Experiments;

/// <summary>Sets and removes tags of an experiment.</summary>
public sealed class TagExperiment(IExperimentStore experiments)
{
    /// <summary>Sets a tag of an active experiment.</summary>
    /// <param name="id">Experiment.</param>
    /// <param name="key">1 to 250 characters, see <see cref="KeyRule"/>.</param>
    /// <param name="value">At most 5000 characters.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Experiment>> SetAsync(ExperimentId id, string key, string value, CancellationToken ct) =>
        Check(key, value) is { } problem
            ? problem
            : await experiments.ChangeAsync(
                id, now => Active(now).Map(active => new ExperimentChange(active with { Tags = active.Tags.SetItem(key, value) })), ct);

    /// <summary>Removes a tag; one that is not there is a problem.</summary>
    public Task<Result<Experiment>> RemoveAsync(ExperimentId id, string key, CancellationToken ct) => experiments.ChangeAsync(
        id,
        now => Active(now).Then<ExperimentChange>(active => active.Tags.ContainsKey(key)
            ? new ExperimentChange(active with { Tags = active.Tags.Remove(key) })
            : TrackingProblems.UnknownTag(key, $"experiment with id {id}")),
        ct);

    /// <summary>The problem of a tag, or null.</summary>
    internal static Problem? Check(string key, string value) =>
        key.Length == 0 ? TrackingProblems.Missing("key") : KeyRule.Check(key, "key") ?? KeyRule.Longest(value, "value", 5000);

    private static Result<Experiment> Active(Experiment now) =>
        now.Lifecycle is Lifecycle.Active ? now : TrackingProblems.ExperimentDeleted(now.Id);
}
