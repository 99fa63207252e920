using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Tracking.Artifacts;

namespace Millwright.Tracking.Experiments;

/// <summary>Creates an experiment.</summary>
public sealed class CreateExperiment(IExperimentStore experiments, ArtifactFolder artifacts, TimeProvider clock)
{
    /// <summary>The new experiment; a bad name, tag or location, or a name in use, is a problem.</summary>
    /// <param name="name">1 to 500 characters.</param>
    /// <param name="location">URI for artifacts; null or empty = below the server's own folder.</param>
    /// <param name="tags">Key → value; the same key twice is a problem.</param>
    /// <param name="actor">Who.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Experiment>> RunAsync(
        string name, string? location, IReadOnlyCollection<KeyValuePair<string, string>> tags, Actor actor, CancellationToken ct)
    {
        if ((CheckName(name) ?? CheckLocation(location) ?? CheckTags(tags)) is { } problem)
        {
            return problem;
        }

        return await experiments.CreateAsync(
            name, id => string.IsNullOrEmpty(location) ? ArtifactFolder.Uri(id.ToString()) : artifacts.Absolute(location),
            tags.ToImmutableSortedDictionary(StringComparer.Ordinal), clock.GetUtcNow().ToUnixTimeMilliseconds(), actor, ct);
    }

    /// <summary>The problem of a name, or null.</summary>
    internal static Problem? CheckName(string name, string field = "name") =>
        name.Length == 0 ? TrackingProblems.Missing(field) : KeyRule.Longest(name, field, 500);

    private static Problem? CheckLocation(string? location) => location?.AsSpan().ContainsAny("?#") is true
        ? new Problem("experiment.location", "'artifact_location' URL can't include fragments or params.", "Leave out '?' and '#'.")
        : null;

    private static Problem? CheckTags(IReadOnlyCollection<KeyValuePair<string, string>> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (TagExperiment.Check(key, value) is { } problem)
            {
                return problem;
            }
        }

        return tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? new Problem("experiment.tag_twice", $"The tag '{twice.Key}' is given twice.", "Give each tag once.", ProblemKind.Conflict)
            : null;
    }
}
