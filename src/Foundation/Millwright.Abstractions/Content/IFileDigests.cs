using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Content;

/// <summary>Digests of files and folders outside the content store, remembered by size and modification time so that unchanged ones are not read again.</summary>
public interface IFileDigests
{
    /// <summary>
    /// The SHA-256 digest that <see cref="IContentStore.PutAsync(string, CancellationToken)"/> would give this file or folder, or null
    /// when it does not exist.
    /// </summary>
    Task<ContentDigest?> DigestAsync(string path, CancellationToken ct);
}

/// <summary>Tracked data sets as pipelines see them: the version of a path in the work tree.</summary>
public interface IDataVersions
{
    /// <summary>
    /// The data version (<c>md5:</c>) of a tracked file or folder, null when the path is not tracked, or the problem that it is tracked
    /// but missing in the work tree or different from what is tracked.
    /// </summary>
    /// <param name="path">Absolute.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<ContentDigest?>> FindAsync(string path, CancellationToken ct);
}
