using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Add;

/// <summary>A file or folder to bring into the cache.</summary>
/// <param name="Path">Absolute path of the data.</param>
/// <param name="FilePath">Absolute path of its <c>.dvc</c> file.</param>
/// <param name="Tracked">What tracks it already, or null.</param>
/// <param name="Parts">For a tracked folder of which only parts are to be updated: their absolute paths; empty = all of it.</param>
internal sealed record AddTarget(string Path, string FilePath, TrackedOut? Tracked, ImmutableArray<string> Parts);

/// <summary>Checks all targets before anything is written.</summary>
internal static class AddPlan
{
    internal static async Task<Result<ImmutableArray<AddTarget>>> MakeAsync(
        DataRepository repository, ImmutableArray<TrackedOut> tracked, AddRequest request, CancellationToken ct)
    {
        var targets = ImmutableArray.CreateBuilder<AddTarget>();
        var byPath = tracked.ToLookup(t => t.Path, StringComparer.Ordinal);
        var names = request.AsPatterns ? [.. request.Targets.SelectMany(t => Patterns.Expand(repository, t))] : request.Targets;
        if (names.IsEmpty)
        {
            return new Problem("data.no-match", $"Glob [{string.Join(", ", request.Targets.Select(t => $"'{t}'"))}] has no matches.", "", ProblemKind.NotFound);
        }

        foreach (var typed in names)
        {
            var path = repository.Environment.Absolute(typed);
            if (Check(repository, typed, path) is { } problem)
            {
                return problem;
            }

            var owner = Owner(repository, byPath, path);
            if (owner is not null && owner.Path != path)
            {
                AddPart(targets, owner, path);
            }
            else if (owner is null && tracked.FirstOrDefault(t => t.Path.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal)) is { } inner)
            {
                return Overlap(repository, path, inner);
            }
            else if (!targets.Any(t => t.Path == path))
            {
                targets.Add(new AddTarget(path, owner?.FilePath ?? path + DvcFile.Suffix, owner, []));
            }
        }

        return await FindInGitAsync(repository, targets, ct) is { } inGit ? inGit : targets.DrainToImmutable();
    }

    private static Problem? Check(DataRepository repository, string typed, string path)
    {
        if (typed.EndsWith(DvcFile.Suffix, StringComparison.Ordinal))
        {
            return new Problem("data.dvc-as-output", $"DVC file '{typed}' cannot be an output.", "Name the data itself; its .dvc file is written for it.");
        }

        if (!repository.Contains(path) || path == repository.Root)
        {
            return new Problem("data.outside", $"Cached output(s) outside of DVC project: {typed}. See <https://dvc.org/doc/user-guide/pipelines/external-dependencies-and-outputs> for more info.", "Copy the data into the project and add it there.");
        }

        var status = FileStatus.Of(path);
        if (repository.Ignore.WhyIgnored(path, status?.IsFolder ?? false) is { } pattern)
        {
            return new Problem("data.ignored", $"Path '{path}' is ignored by {pattern}", "Take the pattern out of .dvcignore, or add other data.");
        }

        return status is null ? Missing(repository, typed, path) : null;
    }

    private static Problem Missing(DataRepository repository, string typed, string path)
    {
        var errno = $"[Errno 2] No such file or directory: '{path}'";
        var inTracked = File.Exists(Path.GetDirectoryName(path) + DvcFile.Suffix) && Path.GetDirectoryName(path) != repository.Root;
        return new Problem("data.missing", inTracked ? errno : $"output '{typed}' does not exist: {errno}", "", ProblemKind.NotFound);
    }

    private static TrackedOut? Owner(DataRepository repository, ILookup<string, TrackedOut> byPath, string path)
    {
        for (var at = path; at.Length > repository.Root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (byPath[at].FirstOrDefault() is { } owner)
            {
                return owner;
            }
        }

        return null;
    }

    private static void AddPart(ImmutableArray<AddTarget>.Builder targets, TrackedOut owner, string path)
    {
        var at = targets.Count - 1;
        while (at >= 0 && targets[at].Path != owner.Path)
        {
            at--;
        }

        if (at < 0)
        {
            targets.Add(new AddTarget(owner.Path, owner.FilePath, owner, [path]));
        }
        else if (targets[at].Parts.Length > 0)
        {
            targets[at] = targets[at] with { Parts = targets[at].Parts.Add(path) };
        }
    }

    private static Problem Overlap(DataRepository repository, string path, TrackedOut inner)
    {
        var (outer, data) = (repository.Environment.Show(path), repository.Environment.Show(inner.Path));
        return new Problem(
            "data.overlap",
            $"Cannot add '{outer}', because it is overlapping with other DVC tracked output: '{data}'.\nTo include '{data}' in '{outer}', run 'dvc remove {repository.Environment.Show(inner.FilePath)}' and then 'dvc add {outer}'",
            "",
            ProblemKind.Conflict);
    }

    private static async Task<Problem?> FindInGitAsync(DataRepository repository, IEnumerable<AddTarget> targets, CancellationToken ct)
    {
        var fresh = targets.Where(t => t.Tracked is null).ToArray();
        if (repository.GitRoot is null || fresh.Length == 0)
        {
            return null;
        }

        // A command line has a limit; beyond a few targets the whole list is asked for and searched here.
        string[] which = fresh.Length > 50 ? [] : ["--", .. fresh.Select(t => repository.Relative(t.Path))];
        var known = await repository.Git.NamesAsync(["--literal-pathspecs", "ls-files", "-z", .. which], null, ct);
        if (known.Count == 0)
        {
            return null;
        }

        var inGit = fresh.FirstOrDefault(t =>
            repository.Relative(t.Path) is var name && (known.Contains(name) || known.Any(k => k.StartsWith(name + "/", StringComparison.Ordinal))));
        if (inGit is null)
        {
            return null;
        }

        var shown = repository.Environment.Show(inGit.Path);
        return new Problem(
            "data.tracked-by-git",
            $" output '{shown}' is already tracked by SCM (e.g. Git).\n    You can remove it from Git, then add to DVC.\n        To stop tracking from Git:\n            git rm -r --cached '{shown}'\n            git commit -m \"stop tracking {shown}\" ",
            "",
            ProblemKind.Conflict);
    }
}
