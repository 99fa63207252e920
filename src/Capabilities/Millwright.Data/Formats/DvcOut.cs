using Millwright.Abstractions.Identity;

namespace Millwright.Data.Formats;

/// <summary>One output of a <c>.dvc</c> file: a data file or folder and the digest of its content.</summary>
/// <param name="Path">As written: relative to the folder of the <c>.dvc</c> file, <c>/</c> between the parts.</param>
public sealed record DvcOut(string Path)
{
    /// <summary>Lower-case hexadecimal, with <c>.dir</c> for a folder; null when it was never hashed.</summary>
    public string? Md5 { get; init; }

    /// <summary>Bytes; of a folder the sum over its files.</summary>
    public long? Size { get; init; }

    /// <summary>Files of a folder; null for a single file.</summary>
    public long? FileCount { get; init; }

    /// <summary>Whether a single file is executable by its owner.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>The value of <c>hash</c>: <c>md5</c>, or null in a file written by DVC 2 (<c>md5-dos2unix</c>).</summary>
    public string? Hash { get; init; }

    /// <summary>Whether the content is kept in the cache.</summary>
    public bool IsCached { get; init; } = true;

    /// <summary>Whether the content is pushed to remotes.</summary>
    public bool IsPushed { get; init; } = true;

    /// <summary>The remote it goes to instead of the default one, or null.</summary>
    public string? Remote { get; init; }

    /// <summary>Whether the content is a folder.</summary>
    public bool IsDirectory => Md5?.EndsWith(DirObject.Suffix, StringComparison.Ordinal) ?? false;

    /// <summary>Whether line ends were normalised before hashing, as DVC 2 did.</summary>
    public bool IsLegacy => Md5 is not null && Hash is null;

    /// <summary>The digest, or null when it was never hashed.</summary>
    public ContentDigest? Digest => Md5 is null ? null : new ContentDigest("md5", Md5);
}
