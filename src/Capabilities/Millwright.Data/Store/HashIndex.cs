using System.Collections.Concurrent;
using System.Text;

namespace Millwright.Data.Store;

/// <summary>
/// Remembers the MD5 of files by path and stamp, so that unchanged files are not read again. It is a cache: losing it costs time, and a
/// damaged one is ignored. Safe for concurrent use; of two processes that save at once the later one wins.
/// </summary>
public sealed class HashIndex
{
    private static readonly byte[] Magic = "MWHI1\n"u8.ToArray();

    // A file changed within one tick of the file system's clock after it was hashed would keep its stamp: too young to be stored.
    private static readonly TimeSpan ClockTick = TimeSpan.FromMilliseconds(20);

    private readonly string _path;
    private readonly string _root;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Entry> _entries;
    private int _changes;

    private HashIndex(string path, string root, TimeProvider clock, ConcurrentDictionary<string, Entry> entries) =>
        (_path, _root, _clock, _entries) = (path, root, clock, entries);

    /// <summary>Opens the index stored at a path; paths in it are relative to <paramref name="root"/>.</summary>
    public static HashIndex Open(string path, string root, TimeProvider clock)
    {
        var entries = new ConcurrentDictionary<string, Entry>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return new HashIndex(path, root, clock, entries);
        }

        try
        {
            using var file = File.OpenRead(path);
            Read(file, entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            entries.Clear();
        }

        return new HashIndex(path, root, clock, entries);
    }

    /// <summary>The digest of a file whose stamp is still the same, or null.</summary>
    public string? Find(string path, FileStamp stamp) =>
        _entries.TryGetValue(Key(path), out var entry) && entry.Stamp == stamp ? Convert.ToHexStringLower(entry.Md5) : null;

    /// <summary>Remembers the digest of a file as it was at a stamp.</summary>
    public void Remember(string path, FileStamp stamp, string md5)
    {
        _entries[Key(path)] = new Entry(stamp, Convert.FromHexString(md5));
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Stores the index when something changed; a failure to store is no failure of the command.</summary>
    public void Save()
    {
        if (Interlocked.Exchange(ref _changes, 0) == 0)
        {
            return;
        }

        var beside = $"{_path}.{Path.GetRandomFileName()}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using (var file = new BufferedStream(File.Create(beside), 1 << 16))
            {
                Write(file);
            }

            File.Move(beside, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
        }
    }

    private string Key(string path) => path.StartsWith(_root, StringComparison.Ordinal) ? path[_root.Length..] : path;

    private void Write(Stream file)
    {
        using var writer = new BinaryWriter(file, Encoding.UTF8);
        writer.Write(Magic);
        var young = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch - ClockTick).Ticks * 100;
        foreach (var (key, entry) in _entries.Where(pair => pair.Value.Stamp.ModifiedNanoseconds < young))
        {
            writer.Write(key);
            writer.Write(entry.Stamp.ModifiedNanoseconds);
            writer.Write(entry.Stamp.Size);
            writer.Write(entry.Stamp.Inode);
            writer.Write(entry.Md5);
        }
    }

    private static void Read(Stream file, ConcurrentDictionary<string, Entry> entries)
    {
        using var reader = new BinaryReader(new BufferedStream(file, 1 << 16), Encoding.UTF8);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
        {
            return;
        }

        while (reader.PeekChar() >= 0)
        {
            var key = reader.ReadString();
            var stamp = new FileStamp(reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64());
            entries[key] = new Entry(stamp, reader.ReadBytes(16));
        }
    }

    private readonly record struct Entry(FileStamp Stamp, byte[] Md5);
}
