using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.Tracking.Artifacts;

/// <summary>An entry of a listing.</summary>
/// <param name="Name">Without its folder.</param>
/// <param name="Length">Bytes; null for a folder.</param>
public sealed record ArtifactEntry(string Name, long? Length);

/// <summary>
/// The artifacts of runs as files below one folder: <c>EXPERIMENT/RUN/artifacts/…</c>. Below <see cref="ContentUri.Prefix"/> the content store
/// is readable, so that the files of a registered model have a URI of the same kind.
/// </summary>
public sealed class ArtifactFolder(string root, IContentStore? content)
{
    private const string Staging = ".mw-part";

    /// <summary>The URI of a path.</summary>
    public static string Uri(string path) => ContentUri.Scheme + path;

    /// <summary>The path of a URI that lies below this folder, or null for any other place.</summary>
    public static string? PathOf(string uri)
    {
        if (!uri.StartsWith(ContentUri.Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = uri[ContentUri.Scheme.Length..];
        return rest.StartsWith('/') ? rest.IndexOf('/', 1) is > 0 and var slash ? rest[(slash + 1)..] : "" : rest;
    }

    /// <summary>A location as it is kept: a URI as given, a bare path made absolute below this folder.</summary>
    public string Absolute(string location) => location.Contains(':', StringComparison.Ordinal) ? location : Path.GetFullPath(location, root);

    /// <summary>What lies in a folder, by name; a file and a missing path have nothing.</summary>
    public async Task<IReadOnlyList<ArtifactEntry>> ListAsync(ArtifactPath path, CancellationToken ct)
    {
        if (ContentOf(path) is var (digest, inside))
        {
            return await ListContentAsync(digest, inside, ct);
        }

        var folder = new DirectoryInfo(Full(path));
        return !folder.Exists ? [] : [.. folder.EnumerateFileSystemInfos()
            .Where(entry => !entry.Name.EndsWith(Staging, StringComparison.Ordinal))
            .Select(entry => new ArtifactEntry(entry.Name, (entry as FileInfo)?.Length))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <summary>Opens a file; anything else is a problem.</summary>
    public async Task<Result<Stream>> OpenAsync(ArtifactPath path, CancellationToken ct)
    {
        if (ContentOf(path) is var (digest, inside))
        {
            return await content!.OpenAsync(digest, inside.Length == 0 ? null : inside, ct);
        }

        var full = Full(path);
        return File.Exists(full)
            ? new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : new Problem("artifact.unknown", $"No such artifact: '{path.Value}'", "List its folder to see what is there.", ProblemKind.NotFound);
    }

    /// <summary>Writes a file beside and renames it; an existing one is replaced. Returns once it is durable.</summary>
    public async Task<Result<Done>> WriteAsync(ArtifactPath path, Stream source, CancellationToken ct)
    {
        if (path.Value.Length == 0 || path.Value.StartsWith(ContentUri.Prefix, StringComparison.Ordinal))
        {
            return new Problem("artifact.path", "Invalid path", $"Name a file outside '{ContentUri.Prefix}'.");
        }

        var full = Full(path);
        var beside = $"{full}.{Guid.NewGuid():n}{Staging}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                await source.CopyToAsync(file, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, full, overwrite: true);
            return Done.Value;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            return IsFull(failure)
                ? new Problem("disk.full", $"The disk is full: artifact '{path.Value}' was not kept.", "Free some space and send it again.", ProblemKind.Full)
                : new Problem("artifact.write", $"Artifact '{path.Value}' could not be written: {failure.Message}", "A part of the path may be a file, or too long a name.");
        }
        catch (OperationCanceledException)
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Deletes a file or a folder with everything in it; what is not there is fine.</summary>
    public Result<Done> Delete(ArtifactPath path)
    {
        if (path.Value.Length == 0 || path.Value.StartsWith(ContentUri.Prefix, StringComparison.Ordinal))
        {
            return new Problem("artifact.path", "Invalid path", "Name a file or folder of a run; stored content stays.");
        }

        var full = Full(path);
        if (Directory.Exists(full))
        {
            Directory.Delete(full, recursive: true);
        }
        else if (File.Exists(full))
        {
            File.Delete(full);
        }

        return Done.Value;
    }

    // ENOSPC and EDQUOT on Linux and macOS, ERROR_DISK_FULL on Windows.
    private static bool IsFull(Exception failure) => (failure.HResult & 0xFFFF) is 28 or 69 or 112 or 122;

    private string Full(ArtifactPath path) => path.Value.Length == 0 ? root : Path.Combine(root, path.Value);

    private (ContentDigest Digest, string Inside)? ContentOf(ArtifactPath path) =>
        content is not null && ContentUri.TryParsePath(path.Value, out var digest, out var file) ? (digest, file) : null;

    private async Task<IReadOnlyList<ArtifactEntry>> ListContentAsync(ContentDigest digest, string inside, CancellationToken ct)
    {
        if (!digest.IsDirectory || !(await content!.ListAsync(digest, ct)).TryGet(out var files, out _))
        {
            return [];
        }

        var prefix = inside.Length == 0 ? "" : inside + "/";
        return [.. files
            .Where(file => file.Path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(file => (Tail: file.Path[prefix.Length..], file.Length))
            .GroupBy(file => file.Tail.Split('/')[0], StringComparer.Ordinal)
            .Select(group => new ArtifactEntry(group.Key, group.First().Tail == group.Key ? group.First().Length : null))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }
}
