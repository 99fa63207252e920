using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Data.Formats;
using Millwright.Data.Status;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Resolve;

/// <summary>The version of a data set at a path.</summary>
/// <param name="Digest">Its identity everywhere in Millwright: <c>data:md5:…</c>.</param>
/// <param name="Path">Relative to the repository.</param>
/// <param name="IsCurrent">False when the workspace has other content than the <c>.dvc</c> file says.</param>
public sealed record ResolvedData(ContentDigest Digest, string Path, bool IsCurrent);

/// <summary>Says which data version a workspace path holds.</summary>
public sealed class ResolveData
{
    /// <summary>
    /// The version of a tracked file or folder, or of a file inside a tracked folder. Unchanged content is not read: the index knows it.
    /// When the content differs from the <c>.dvc</c> file, the digest is that of the content and <c>IsCurrent</c> is false.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="path">As typed, relative to the working folder.</param>
    /// <param name="ct">Cancels hashing.</param>
    public async Task<Result<ResolvedData>> RunAsync(DataRepository repository, string path, CancellationToken ct) =>
        await DataFailures.CatchAsync("failed to read", () => Task.Run(() => Resolve(repository, path, ct), ct));

    private static Result<ResolvedData> Resolve(DataRepository repository, string path, CancellationToken ct)
    {
        if (!Targets.Select(repository, [path], ct).TryGet(out var selected, out _))
        {
            return new Problem(
                "data.untracked",
                $"'{path}' is not tracked.",
                $"Track it: mw data add {path}",
                ProblemKind.NotFound);
        }

        var one = selected[0];
        var tracked = one.Tracked;
        var absolute = repository.Environment.Absolute(path);
        if (one.Part.Length == 0 && FileStatus.Of(tracked.Path) is null && tracked.Out.Digest is { } absent)
        {
            return new ResolvedData(absent, repository.Relative(tracked.Path), false);
        }

        if (FileStatus.Of(one.Part.Length == 0 ? tracked.Path : absolute) is not { } status)
        {
            return new Problem("data.missing", $"'{path}' is not in the workspace.", "Run 'mw data pull'.", ProblemKind.NotFound);
        }

        var where = one.Part.Length == 0 ? tracked.Path : absolute;
        var digest = status.IsFolder
            ? DirObject.NameOf(FolderScan.Listing(repository, where, tracked.Out.IsLegacy, ct).ToBytes())
            : FolderScan.Digest(repository, where, status.Stamp, tracked.Out.IsLegacy, ct);
        repository.Index.Save();
        var isCurrent = one.Part.Length == 0 ? digest == tracked.Out.Md5 : DataStatus.Of(repository, tracked, ct) is OutState.Unchanged;
        return new ResolvedData(new ContentDigest("md5", digest), repository.Relative(where), isCurrent);
    }
}
