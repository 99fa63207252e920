using System.Collections.Concurrent;
using Millwright.Data.Formats;

namespace Millwright.Data.Store;

/// <summary>
/// New objects on their way into a store. They are written to a folder of their own, flushed together and then renamed into place: a killed
/// process leaves only this folder, which the next one removes. Safe for concurrent use until <see cref="Commit"/>.
/// </summary>
public sealed class Staging : IDisposable
{
    private const string LockName = "lock";
    private readonly ObjectStore _store;
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly ConcurrentDictionary<string, string> _staged = new(StringComparer.Ordinal);
    private int _next;
    private volatile bool _cannotClone;

    internal Staging(ObjectStore store)
    {
        _store = store;
        store.MakeFolder(store.Root);
        RemoveAbandoned(store.Root);
        _folder = Path.Combine(store.Root, $".{Guid.NewGuid().ToString("n")[..22]}.tmp");
        Directory.CreateDirectory(_folder);
        _lock = new FileStream(Path.Combine(_folder, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>How many objects wait for the commit.</summary>
    public int Count => _staged.Count;

    /// <summary>Whether an object waits for the commit.</summary>
    public bool Contains(string md5) => _staged.ContainsKey(md5);

    /// <summary>Stages the content of a file and returns its MD5; the file is read once (or cloned, where the file system can).</summary>
    public string AddFile(string path, CancellationToken ct)
    {
        var target = NextPath();
        string md5;
        using (var from = File.OpenHandle(path, options: FileOptions.SequentialScan))
        using (var to = File.OpenHandle(target, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            if (_cannotClone || !Disk.TryClone(from, to))
            {
                _cannotClone = true;
                md5 = FileHasher.Md5(from, to, ct);
            }
            else
            {
                md5 = FileHasher.Md5(to, null, ct);
            }
        }

        Keep(md5, target, isLegacy: false);
        return md5;
    }

    /// <summary>Stages a folder listing and returns its name.</summary>
    public string AddDir(DirObject listing)
    {
        var bytes = listing.ToBytes();
        var name = DirObject.NameOf(bytes);
        var target = NextPath();
        File.WriteAllBytes(target, bytes);
        Keep(name, target, isLegacy: false);
        return name;
    }

    /// <summary>Stages an object of another store; false when its bytes do not match its name.</summary>
    public bool AddObject(ObjectStore from, string md5, bool isLegacy, CancellationToken ct)
    {
        var target = NextPath();
        string actual;
        using (var source = File.OpenHandle(from.PathOf(md5, isLegacy), options: FileOptions.SequentialScan))
        using (var to = File.OpenHandle(target, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            actual = FileHasher.Md5(source, to, ct);
        }

        // The digest of a legacy text file is not that of its bytes.
        if (isLegacy && actual != Bare(md5))
        {
            actual = FileHasher.Md5Dos2Unix(target, ct);
        }

        if (actual != Bare(md5))
        {
            File.Delete(target);
            return false;
        }

        Keep(md5, target, isLegacy);
        return true;
    }

    /// <summary>
    /// Installs everything staged so far, durably: files first, folder listings last, since a listing says that all its files are there.
    /// </summary>
    public void Commit()
    {
        if (_staged.IsEmpty)
        {
            return;
        }

        Disk.FlushFiles([.. _staged.Values], _folder);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, path) in _staged.OrderBy(pair => pair.Key.EndsWith(DirObject.Suffix, StringComparison.Ordinal)))
        {
            var target = _store.PathOf(name.TrimStart('~'), name[0] == '~');
            var folder = Path.GetDirectoryName(target)!;
            if (folders.Add(folder))
            {
                _store.MakeFolder(folder);
            }

            ObjectStore.Protect(path);
            File.Move(path, target, overwrite: true);
        }

        _staged.Clear();
        if (folders.Count > 16)
        {
            Disk.FlushFileSystem(_store.Root);
            return;
        }

        foreach (var folder in folders)
        {
            Disk.FlushFolder(folder);
        }
    }

    /// <summary>Drops what was not committed.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Bare(string md5) => md5.Length > 32 ? md5[..32] : md5;

    private string NextPath() => Path.Combine(_folder, $"{Interlocked.Increment(ref _next)}");

    private void Keep(string md5, string path, bool isLegacy)
    {
        // Two equal files, or an object that is there already: the first one stays.
        if (File.Exists(_store.PathOf(md5, isLegacy)) && _store.Has(md5, isLegacy) || !_staged.TryAdd(isLegacy ? "~" + md5 : md5, path))
        {
            File.Delete(path);
        }
    }

    // The lock of a living process is held; of a dead one it is free.
    private static void RemoveAbandoned(string root)
    {
        foreach (var folder in Directory.EnumerateDirectories(root, ".*.tmp"))
        {
            try
            {
                using (new FileStream(Path.Combine(folder, LockName), FileMode.Open, FileAccess.Write, FileShare.None))
                {
                }

                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody is using it, or made it a moment ago and has not locked it yet.
                continue;
            }
        }
    }
}
