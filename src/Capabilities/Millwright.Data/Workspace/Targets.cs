using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;

namespace Millwright.Data.Workspace;

/// <summary>A tracked file or folder, or a part of a tracked folder, that a command is about.</summary>
/// <param name="Tracked">What is tracked.</param>
/// <param name="Part">Below the tracked folder, <c>/</c> between the parts; empty = all of it.</param>
public sealed record SelectedOut(TrackedOut Tracked, string Part)
{
    /// <summary>Whether an entry of the folder belongs to the part.</summary>
    public bool Includes(string relativePath) =>
        Part.Length == 0 || relativePath == Part || relativePath.StartsWith(Part + "/", StringComparison.Ordinal);
}

/// <summary>Finds what the targets of a command name: data paths, paths inside tracked folders, or <c>.dvc</c> files.</summary>
public static class Targets
{
    /// <summary>All that is tracked when there are no targets, else what each of them names; an unknown one is a problem.</summary>
    public static Result<ImmutableArray<SelectedOut>> Select(DataRepository repository, ImmutableArray<string> targets, CancellationToken ct) =>
        TrackedOuts.Read(repository, ct).Then(tracked => Select(repository, tracked, targets));

    private static Result<ImmutableArray<SelectedOut>> Select(DataRepository repository, ImmutableArray<TrackedOut> tracked, ImmutableArray<string> targets)
    {
        if (targets.IsEmpty)
        {
            return tracked.Select(t => new SelectedOut(t, "")).ToImmutableArray();
        }

        var selected = ImmutableArray.CreateBuilder<SelectedOut>();
        foreach (var target in targets)
        {
            var path = repository.Environment.Absolute(target);
            var found = target.EndsWith(DvcFile.Suffix, StringComparison.Ordinal)
                ? tracked.Where(t => t.FilePath == path).Select(t => new SelectedOut(t, "")).ToArray()
                : [.. tracked.Where(t => t.Covers(path)).Select(t => new SelectedOut(t, Below(t.Path, path)))];
            if (found.Length == 0)
            {
                return Unknown(target, path);
            }

            selected.AddRange(found);
        }

        return selected.DrainToImmutable();
    }

    private static string Below(string folder, string path) =>
        path == folder ? "" : Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private static Problem Unknown(string target, string path) => target.EndsWith(DvcFile.Suffix, StringComparison.Ordinal)
        ? new Problem("data.unknown-target", $"'{path}' does not exist", "", ProblemKind.NotFound)
        : new Problem(
            "data.unknown-target",
            $"'{target}' does not exist as an output or a stage name in 'dvc.yaml': 'dvc.yaml' does not exist",
            "",
            ProblemKind.NotFound);
}
