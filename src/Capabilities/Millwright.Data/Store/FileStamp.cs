using System.Runtime.InteropServices;

namespace Millwright.Data.Store;

/// <summary>What the file system says about a file; when it is the same as before, the content is too.</summary>
/// <param name="ModifiedNanoseconds">Time of the last change of the content, nanoseconds since 1970.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Inode">The file's number; 0 where the platform has none.</param>
public readonly record struct FileStamp(long ModifiedNanoseconds, long Size, ulong Inode)
{
    /// <summary>The stamp of the file a path leads to, or null when there is no regular file.</summary>
    public static FileStamp? Of(string path) => FileStatus.Of(path) is { IsRegular: true } status ? status.Stamp : null;
}

/// <summary>A stamp with the file's kind and mode, read in one call.</summary>
/// <param name="Stamp">Times, size, number.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="IsRegular">A regular file.</param>
/// <param name="IsFolder">A folder.</param>
public readonly partial record struct FileStatus(FileStamp Stamp, UnixFileMode Mode, bool IsRegular, bool IsFolder)
{
    private const int CurrentFolder = -100;
    private const uint BasicStatistics = 0x7ff;

    /// <summary>Whether its owner may execute it.</summary>
    public bool IsExecutable => Mode.HasFlag(UnixFileMode.UserExecute);

    /// <summary>The status of what a path leads to (links are followed), or null when there is nothing.</summary>
    public static FileStatus? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Portable(path);
        }

        if (Statx(CurrentFolder, path, 0, BasicStatistics, out var found) != 0)
        {
            return null;
        }

        var stamp = new FileStamp((found.ModifiedSeconds * 1_000_000_000) + found.ModifiedNanoseconds, (long)found.Size, found.Inode);
        return new FileStatus(stamp, (UnixFileMode)(found.Mode & 0xfff), (found.Mode & 0xf000) == 0x8000, (found.Mode & 0xf000) == 0x4000);
    }

    private static FileStatus? Portable(string path)
    {
        var info = new FileInfo(path);
        if (info.Exists)
        {
            var stamp = new FileStamp((info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100, info.Length, 0);
            return new FileStatus(stamp, OperatingSystem.IsWindows() ? UnixFileMode.None : info.UnixFileMode, true, false);
        }

        return Directory.Exists(path) ? new FileStatus(default, UnixFileMode.None, false, true) : null;
    }

    // The kernel's struct statx: the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxResult
    {
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(112)] public long ModifiedSeconds;
        [FieldOffset(120)] public uint ModifiedNanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out StatxResult result);
}
