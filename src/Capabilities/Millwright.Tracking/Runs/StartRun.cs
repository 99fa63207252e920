using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Tracking.Experiments;

namespace Millwright.Tracking.Runs;

/// <summary>Starts a run.</summary>
public sealed class StartRun(IRunStore runs, TimeProvider clock)
{
    /// <summary>The tag that mirrors a run's name.</summary>
    public const string NameTag = "mlflow.runName";

    /// <summary>The new run. Without a name it is given one; a name and a name tag that differ are a problem.</summary>
    /// <param name="experiment">Must be active.</param>
    /// <param name="name">May be empty.</param>
    /// <param name="user">May be empty.</param>
    /// <param name="startTime">Milliseconds since 1970.</param>
    /// <param name="tags">Kept as they are; the last of a key wins.</param>
    /// <param name="actor">Who.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Run>> RunAsync(
        ExperimentId experiment, string name, string user, long startTime, IReadOnlyCollection<KeyValuePair<string, string>> tags, Actor actor, CancellationToken ct)
    {
        var id = new RunId(NewId.Next(clock));
        var all = tags.GroupBy(tag => tag.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        var tagged = all.GetValueOrDefault(NameTag, "");
        if (name.Length > 0 && tagged.Length > 0 && name != tagged)
        {
            return new Problem(
                "run.two_names",
                $"Both 'run_name' argument and '{NameTag}' tag are specified, but with different values (run_name='{name}', {NameTag}='{tagged}').",
                "Give one of them, or the same.");
        }

        var given = name.Length > 0 ? name : tagged.Length > 0 ? tagged : RunNames.For(id);
        return await runs.CreateAsync(new NewRun(id, experiment, given, user, startTime, all.SetItem(NameTag, given)) { Actor = actor }, ct);
    }
}
