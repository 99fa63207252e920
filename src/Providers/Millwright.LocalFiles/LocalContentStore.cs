using System.Security.Cryptography;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.LocalFiles;

/// <summary>
/// The content store in a folder: <c>ab/cdef…</c> per file and <c>ab/cdef….dir</c> per folder listing. Objects are read only, written
/// beside and renamed, and durable before their digest is returned. Several processes may use one folder at once.
/// </summary>
internal sealed class LocalContentStore(string root) : IContentStore
{
    private const UnixFileMode ReadOnlyFile = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public Task<ContentDigest> PutAsync(string path, CancellationToken ct) => StoreAsync(path, CopyFileAsync, ct);

    public async Task<ContentDigest> TakeAsync(string path, CancellationToken ct)
    {
        var digest = await StoreAsync(path, TakeFileAsync, ct).ConfigureAwait(false);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return digest;
    }

    public async Task<ContentDigest> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var digest = ContentDigest.Sha256(content.Span);
        await WriteAsync(digest, content, ct).ConfigureAwait(false);
        return digest;
    }

    public async Task<bool> ContainsAsync(ContentDigest digest, CancellationToken ct)
    {
        var path = PathOf(digest);
        if (!File.Exists(path))
        {
            return false;
        }

        return !digest.IsDirectory
            || FolderListing.Read(await File.ReadAllBytesAsync(path, ct).ConfigureAwait(false)).All(entry => File.Exists(PathOf(entry.Digest)));
    }

    public async Task<Result<Done>> MaterialiseAsync(ContentDigest digest, string path, CancellationToken ct)
    {
        var listed = await ListAsync(digest, ct).ConfigureAwait(false);
        if (!listed.TryGet(out var entries, out var problem))
        {
            return problem;
        }

        if (!digest.IsDirectory)
        {
            return Appear(digest, path);
        }

        var beside = $"{path}.{Guid.NewGuid():n}.tmp";
        Directory.CreateDirectory(beside);
        foreach (var entry in entries)
        {
            if (Appear(entry.Digest, Path.Combine(beside, entry.Path)).Problem is { } missing)
            {
                Directory.Delete(beside, recursive: true);
                return missing;
            }
        }

        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        Directory.Move(beside, path);
        return Done.Value;
    }

    public async Task<Result<Stream>> OpenAsync(ContentDigest digest, string? file, CancellationToken ct)
    {
        var listed = await ListAsync(digest, ct).ConfigureAwait(false);
        if (!listed.TryGet(out var entries, out var problem))
        {
            return problem;
        }

        // A single file is listed without a path, so that asking it for a file by name finds nothing instead of the wrong content.
        var wanted = entries.FirstOrDefault(entry => entry.Path == (file ?? ""));
        if (wanted is null)
        {
            return digest.IsDirectory
                ? new Problem("content.file-unknown", $"The folder {digest} has no file '{file}'.", "Name one of its files.", ProblemKind.NotFound)
                : new Problem("content.file-unknown", $"{digest} is a single file, not a folder with a file '{file}'.", "Ask for the content itself.", ProblemKind.NotFound);
        }

        return File.Exists(PathOf(wanted.Digest)) ? Result.Of<Stream>(File.OpenRead(PathOf(wanted.Digest))) : Missing(wanted.Digest);
    }

    public async Task<Result<IReadOnlyList<ContentEntry>>> ListAsync(ContentDigest digest, CancellationToken ct)
    {
        var file = new FileInfo(PathOf(digest));
        if (!file.Exists)
        {
            return Missing(digest);
        }

        return Result.Of(digest.IsDirectory
            ? FolderListing.Read(await File.ReadAllBytesAsync(file.FullName, ct).ConfigureAwait(false))
            : [new ContentEntry("", digest, file.Length)]);
    }

    private static Problem Missing(ContentDigest digest) =>
        new("content.missing", $"The content store does not hold {digest}.", "Run the step that makes it again; the cache notices that it is gone.", ProblemKind.NotFound);

    private static void Protect(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(path, FileAttributes.ReadOnly);
        }
        else
        {
            File.SetUnixFileMode(path, ReadOnlyFile);
        }
    }

    private string PathOf(ContentDigest digest) => Path.Combine(root, digest.Hex[..2], digest.Hex[2..]);

    private async Task<ContentDigest> StoreAsync(
        string path, Func<string, CancellationToken, Task<(ContentDigest Digest, long Length)>> storeFile, CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            return (await storeFile(path, ct).ConfigureAwait(false)).Digest;
        }

        var entries = new List<ContentEntry>();
        foreach (var (relative, full) in FolderListing.Files(path))
        {
            var (digest, length) = await storeFile(full, ct).ConfigureAwait(false);
            entries.Add(new ContentEntry(relative, digest, length));
        }

        var listing = FolderListing.Write(entries);
        var folder = FolderListing.Digest(listing);
        await WriteAsync(folder, listing, ct).ConfigureAwait(false);
        return folder;
    }

    private async Task<(ContentDigest Digest, long Length)> CopyFileAsync(string path, CancellationToken ct)
    {
        var beside = Beside();
        var source = File.OpenRead(path);
        await using (source.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var length = 0L;
            await FillAsync(beside, async target => length = await FolderListing.PumpAsync(source, target, hash, ct).ConfigureAwait(false)).ConfigureAwait(false);
            var digest = new ContentDigest("sha256", Convert.ToHexStringLower(hash.GetHashAndReset()));
            Settle(beside, digest);
            return (digest, length);
        }
    }

    private async Task<(ContentDigest Digest, long Length)> TakeFileAsync(string path, CancellationToken ct)
    {
        // A link's target is not ours to move.
        if (new FileInfo(path).LinkTarget is not null)
        {
            return await CopyFileAsync(path, ct).ConfigureAwait(false);
        }

        var (digest, length) = await FolderListing.HashAsync(path, ct).ConfigureAwait(false);
        if (File.Exists(PathOf(digest)))
        {
            File.Delete(path);
            return (digest, length);
        }

        var beside = Beside();
        try
        {
            File.Move(path, beside);
        }
        catch (IOException)
        {
            // Between file systems a move is a copy, which a full disk cuts short.
            File.Delete(beside);
            throw;
        }

        using (var handle = File.OpenHandle(beside, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        Settle(beside, digest);
        return (digest, length);
    }

    private async Task WriteAsync(ContentDigest digest, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (File.Exists(PathOf(digest)))
        {
            return;
        }

        var beside = Beside();
        await FillAsync(beside, target => target.WriteAsync(content, ct).AsTask()).ConfigureAwait(false);
        Settle(beside, digest);
    }

    // Durable when this returns; gone when it throws.
    private static async Task FillAsync(string beside, Func<FileStream, Task> write)
    {
        try
        {
            var target = File.Create(beside);
            await using (target.ConfigureAwait(false))
            {
                await write(target).ConfigureAwait(false);
                target.Flush(flushToDisk: true);
            }
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private string Beside()
    {
        var folder = Path.Combine(root, "tmp");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Guid.NewGuid().ToString("n"));
    }

    private void Settle(string beside, ContentDigest digest)
    {
        Protect(beside);
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(beside, path, overwrite: true);
        NativeFiles.SyncFolder(Path.GetDirectoryName(path)!);
    }

    private Result<Done> Appear(ContentDigest digest, string path)
    {
        var source = PathOf(digest);
        if (!File.Exists(source))
        {
            return Missing(digest);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Guid.NewGuid():n}.tmp";
        if (!NativeFiles.TryLink(source, beside))
        {
            // File.Copy clones blocks where the file system can.
            File.Copy(source, beside);
            Protect(beside);
        }

        File.Move(beside, path, overwrite: true);
        // Renaming one hard link over another of the same file does nothing and leaves both names.
        File.Delete(beside);
        return Done.Value;
    }
}
