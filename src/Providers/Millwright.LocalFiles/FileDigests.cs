using System.Collections.Concurrent;
using System.Globalization;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;

namespace Millwright.LocalFiles;

/// <summary>
/// Remembers digests by path, size and modification time in an append-only text file (<c>size TAB ticks TAB hex TAB path</c>); the last
/// line of a path wins and a torn line is ignored.
/// </summary>
internal sealed class FileDigests(string index, TimeProvider clock) : IFileDigests
{
    // A file changed this recently may change again within the resolution of its time stamp, so it is not remembered yet.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly Lazy<ConcurrentDictionary<string, Known>> _known = new(() => Load(index));
    private readonly Lock _appending = new();

    public async Task<ContentDigest?> DigestAsync(string path, CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? (await DigestFileAsync(new FileInfo(path), ct).ConfigureAwait(false)).Digest : null;
        }

        var entries = new List<ContentEntry>();
        foreach (var (relative, full) in FolderListing.Files(path))
        {
            var (digest, length) = await DigestFileAsync(new FileInfo(full), ct).ConfigureAwait(false);
            entries.Add(new ContentEntry(relative, digest, length));
        }

        return FolderListing.Digest(FolderListing.Write(entries));
    }

    private static ConcurrentDictionary<string, Known> Load(string index)
    {
        var known = new ConcurrentDictionary<string, Known>(StringComparer.Ordinal);
        if (!File.Exists(index))
        {
            return known;
        }

        foreach (var line in File.ReadLines(index))
        {
            if (line.Split('\t', 4) is [var size, var ticks, { Length: 64 } hex, var path]
                && long.TryParse(size, CultureInfo.InvariantCulture, out var length)
                && long.TryParse(ticks, CultureInfo.InvariantCulture, out var changed))
            {
                known[path] = new Known(length, changed, hex);
            }
        }

        return known;
    }

    private async Task<(ContentDigest Digest, long Length)> DigestFileAsync(FileInfo file, CancellationToken ct)
    {
        var (length, ticks) = (file.Length, file.LastWriteTimeUtc.Ticks);
        if (_known.Value.TryGetValue(file.FullName, out var known) && known.Length == length && known.Ticks == ticks)
        {
            return (new ContentDigest("sha256", known.Hex), length);
        }

        var hashed = await FolderListing.HashAsync(file.FullName, ct).ConfigureAwait(false);
        file.Refresh();
        var isStill = file.Exists && file.Length == length && file.LastWriteTimeUtc.Ticks == ticks;
        if (isStill && clock.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > Settled)
        {
            Remember(file.FullName, new Known(length, ticks, hashed.Digest.Hex));
        }

        return hashed;
    }

    private void Remember(string path, Known known)
    {
        _known.Value[path] = known;
        if (path.Contains('\n', StringComparison.Ordinal))
        {
            return;
        }

        lock (_appending)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(index)!);
            File.AppendAllText(index, string.Create(CultureInfo.InvariantCulture, $"{known.Length}\t{known.Ticks}\t{known.Hex}\t{path}\n"));
        }
    }

    private sealed record Known(long Length, long Ticks, string Hex);
}
