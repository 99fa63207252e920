using Microsoft.Win32.SafeHandles;
using Millwright.Data.Store;
using Millwright.Data.Workspace;

namespace Millwright.Data.Checkout;

/// <summary>
/// Makes workspace files from cached objects by the first of the configured link types that works. A file is made under a temporary name in
/// <c>.dvc/tmp</c> and renamed, so that it is there whole or not at all. Safe for concurrent use.
/// </summary>
internal sealed class Materializer : IDisposable
{
    internal const UnixFileMode ExecutableMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly DataRepository _repository;
    private readonly string _folder;
    private readonly string[] _types;
    private int _next;

    internal Materializer(DataRepository repository)
    {
        _repository = repository;
        _types = (repository.Config.Get("cache", "type") ?? "reflink,copy").Split(',', StringSplitOptions.TrimEntries);
        _folder = Path.Combine(repository.TmpFolder, $"checkout-{Guid.NewGuid():n}");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Whether workspace files share the object's file instead of being copies.</summary>
    internal bool MakesLinks => _types[0] is "hardlink" or "symlink";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Puts the object's content at a path, in place of what is there.</summary>
    internal void Place(string md5, bool isLegacy, string path, bool isExecutable, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var beside = Path.Combine(_folder, $"{Interlocked.Increment(ref _next)}");
        var source = _repository.Cache.PathOf(md5, isLegacy);
        Make(source, beside, ct);
        if (isExecutable && !MakesLinks && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(beside, File.GetUnixFileMode(beside) | UnixFileMode.UserExecute);
        }

        File.Move(beside, path, overwrite: true);
        if (!isLegacy && FileStamp.Of(path) is { } stamp)
        {
            _repository.Index.Remember(path, stamp, md5);
        }
    }

    private void Make(string source, string target, CancellationToken ct)
    {
        foreach (var type in _types)
        {
            switch (type)
            {
                // An empty file cannot be told from a copy; some file systems limit the links of one file.
                case "hardlink" when new FileInfo(source).Length > 0 && Disk.TryHardLink(source, target):
                    return;
                case "symlink":
                    File.CreateSymbolicLink(target, source);
                    return;
                case "reflink" or "copy":
                    Copy(source, target, ct);
                    return;
            }
        }

        Copy(source, target, ct);
    }

    private static void Copy(string source, string target, CancellationToken ct)
    {
        using var from = File.OpenHandle(source, options: FileOptions.SequentialScan);
        using var to = File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write);
        if (!Disk.TryClone(from, to))
        {
            CopyBytes(from, to, ct);
        }
    }

    private static void CopyBytes(SafeFileHandle from, SafeFileHandle to, CancellationToken ct)
    {
        var length = RandomAccess.GetLength(from);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 4096, 1 << 20));
        try
        {
            int read;
            for (long offset = 0; (read = RandomAccess.Read(from, buffer, offset)) > 0; offset += read)
            {
                ct.ThrowIfCancellationRequested();
                RandomAccess.Write(to, buffer.AsSpan(0, read), offset);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
