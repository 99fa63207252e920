using Millwright.Data.Formats;

namespace Millwright.Data.Store;

/// <summary>
/// Objects named by their MD5 in DVC's layout: the cache of a repository or a remote in a local folder. An object is installed by renaming
/// a complete, flushed file and is read-only afterwards; an object whose mode is not exactly 0444 is not trusted before it was hashed.
/// </summary>
/// <param name="Root">The folder: <c>.dvc/cache</c> or the remote's.</param>
/// <param name="IsGroupShared">Whether new folders belong to the group (<c>cache.shared = group</c>).</param>
public sealed record ObjectStore(string Root, bool IsGroupShared = false)
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Where an object lies; <paramref name="isLegacy"/> selects the layout of DVC 2.</summary>
    public string PathOf(string md5, bool isLegacy = false) => isLegacy
        ? Path.Join(Root, md5.AsSpan(0, 2), md5.AsSpan(2))
        : Path.Join(Path.Join(Root, "files", "md5"), md5.AsSpan(0, 2), md5.AsSpan(2));

    /// <summary>Whether the object is there and its bytes match its name; one that does not match is deleted.</summary>
    public bool Has(string md5, bool isLegacy = false)
    {
        var path = PathOf(md5, isLegacy);
        if (FileStatus.Of(path) is not { IsRegular: true } status)
        {
            return false;
        }

        if (status.Mode == ReadOnly || OperatingSystem.IsWindows())
        {
            return true;
        }

        var bare = md5.EndsWith(DirObject.Suffix, StringComparison.Ordinal) ? md5[..32] : md5;
        var actual = isLegacy && bare.Length == md5.Length ? FileHasher.Md5Dos2Unix(path, default) : FileHasher.Md5(path, default);
        if (actual == bare)
        {
            File.SetUnixFileMode(path, ReadOnly);
            return true;
        }

        File.Delete(path);
        return false;
    }

    /// <summary>A place to bring new objects into; nothing of it is visible before it is committed.</summary>
    public Staging Stage() => new(this);

    /// <summary>Makes a folder in which objects lie, with the mode that sharing wants.</summary>
    internal void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        if (IsGroupShared && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.SetGroup | UnixFileMode.GroupWrite);
        }
    }

    internal static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ReadOnly);
        }
    }
}
