using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Millwright.Abstractions.Results;

namespace Millwright.Data.Store;

/// <summary>Durable writes: what is acknowledged has reached the disk, and a file is there whole or not at all.</summary>
public static partial class Disk
{
    private const int DirectoryOnly = 0x10000;
    private const int CloseOnExec = 0x80000;

    /// <summary>Replaces a file: written beside it, flushed, renamed over it.</summary>
    public static void Replace(string path, string text) => Replace(path, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Replace(string, string)"/>
    public static void Replace(string path, byte[] bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var beside = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var file = File.OpenHandle(beside, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(file, bytes, 0);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        FlushFolder(folder);
    }

    /// <summary>Makes renames in a folder durable.</summary>
    public static void FlushFolder(string folder) => OnFolder(folder, handle => _ = FileSync(handle));

    /// <summary>Makes everything written to the folder's file system durable: cheaper than a flush for each of thousands of files.</summary>
    public static void FlushFileSystem(string folder) => OnFolder(folder, handle => _ = FileSystemSync(handle));

    /// <summary>Makes the content of these files durable.</summary>
    public static void FlushFiles(IReadOnlyList<string> paths, string folder)
    {
        if (paths.Count > 16 && OperatingSystem.IsLinux())
        {
            FlushFileSystem(folder);
            return;
        }

        foreach (var path in paths)
        {
            using var file = File.OpenHandle(path);
            if (OperatingSystem.IsLinux())
            {
                _ = FileSync(file.DangerousGetHandle().ToInt32());
            }
        }
    }

    /// <summary>
    /// Makes <paramref name="to"/> share the blocks of <paramref name="from"/> (FICLONE); false where the file system cannot.
    /// </summary>
    public static bool TryClone(SafeFileHandle from, SafeFileHandle to) =>
        OperatingSystem.IsLinux() && Control(to.DangerousGetHandle().ToInt32(), 0x40049409, from.DangerousGetHandle().ToInt32()) == 0;

    /// <summary>Makes a second name of the same file; false where the file system cannot.</summary>
    public static bool TryHardLink(string from, string to) => !OperatingSystem.IsWindows() && Link(from, to) == 0;

    /// <summary>An input or output error as an expected failure: disk full and missing permission are nobody's bug.</summary>
    public static Problem ToProblem(Exception e, string what) => e switch
    {
        IOException { HResult: 28 or unchecked((int)0x80070070) } or IOException { HResult: 122 } => new Problem(
            "data.disk-full", $"{what}: no space left on device ({e.Message})", "Free some space and run the same command again: nothing half written was left.", ProblemKind.Full),
        UnauthorizedAccessException => new Problem(
            "data.permission", $"{what}: {e.Message}", "Make the file or folder accessible to this user and run the same command again.", ProblemKind.Forbidden),
        _ => new Problem("data.io", $"{what}: {e.Message}", "Correct the cause and run the same command again.", ProblemKind.Unavailable),
    };

    private static void OnFolder(string folder, Action<int> act)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, OperatingSystem.IsLinux() ? DirectoryOnly | CloseOnExec : 0);
        if (handle >= 0)
        {
            act(handle);
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileSync(int handle);

    [LibraryImport("libc", EntryPoint = "syncfs")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileSystemSync(int handle);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int handle, nuint request, int source);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}
