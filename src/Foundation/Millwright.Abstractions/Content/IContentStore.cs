using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Content;

/// <summary>
/// The content-addressed store of everything but tracked data sets: step outputs, models, artifacts. A folder's content is a listing of
/// its files, sorted by path, whose digest ends in <c>.dir</c>. What is in the store never changes.
/// </summary>
public interface IContentStore
{
    /// <summary>Stores a file or folder by SHA-256 and returns its digest once it is durable; storing the same content twice keeps one.</summary>
    Task<ContentDigest> PutAsync(string path, CancellationToken ct);

    /// <summary>Like <see cref="PutAsync(string, CancellationToken)"/>, but the source may be moved into the store instead of copied; it is gone afterwards or no longer the caller's.</summary>
    Task<ContentDigest> TakeAsync(string path, CancellationToken ct) => PutAsync(path, ct);

    /// <summary>Stores bytes.</summary>
    Task<ContentDigest> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>Whether all of it is there.</summary>
    Task<bool> ContainsAsync(ContentDigest digest, CancellationToken ct);

    /// <summary>
    /// Makes the content appear at a path, read only, as cheaply as the file system allows (reflink, hard link, copy). Written beside and renamed.
    /// </summary>
    Task<Result<Done>> MaterialiseAsync(ContentDigest digest, string path, CancellationToken ct);

    /// <summary>Opens content that is one file, or a file of a folder when <paramref name="file"/> is given (relative, <c>/</c>); a file name for content that is no folder is a problem.</summary>
    Task<Result<Stream>> OpenAsync(ContentDigest digest, string? file, CancellationToken ct);

    /// <summary>The files of a folder with digest and length in bytes; a single file is listed with an empty path.</summary>
    Task<Result<IReadOnlyList<ContentEntry>>> ListAsync(ContentDigest digest, CancellationToken ct);
}

/// <summary>A file of a stored folder.</summary>
/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Digest">Of the file.</param>
/// <param name="Length">Bytes.</param>
public sealed record ContentEntry(string Path, ContentDigest Digest, long Length);
