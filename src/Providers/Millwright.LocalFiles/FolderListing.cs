using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;

namespace Millwright.LocalFiles;

/// <summary>
/// The listing that is a folder's content: a JSON array of <c>{"path", "sha256", "size"}</c>, sorted by path (ordinal), without blanks.
/// Empty folders, permissions and times are not content.
/// </summary>
internal static class FolderListing
{
    /// <summary>Every file below a folder, sorted, with relative paths; links are followed.</summary>
    public static IReadOnlyList<(string Path, string Full)> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(full => (Path: Path.GetRelativePath(folder, full).Replace('\\', '/'), Full: full))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    public static byte[] Write(IEnumerable<ContentEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("path", entry.Path);
                json.WriteString("sha256", entry.Digest.Hex);
                json.WriteNumber("size", entry.Length);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static IReadOnlyList<ContentEntry> Read(ReadOnlyMemory<byte> listing)
    {
        using var json = JsonDocument.Parse(listing);
        return [.. json.RootElement.EnumerateArray().Select(entry => new ContentEntry(
            entry.GetProperty("path").GetString()!,
            new ContentDigest("sha256", entry.GetProperty("sha256").GetString()!),
            entry.GetProperty("size").GetInt64()))];
    }

    public static ContentDigest Digest(ReadOnlySpan<byte> listing) =>
        new("sha256", Convert.ToHexStringLower(SHA256.HashData(listing)) + ".dir");

    /// <summary>The digest of a file, read in blocks.</summary>
    public static async Task<(ContentDigest Digest, long Length)> HashAsync(string path, CancellationToken ct)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var length = await PumpAsync(file, null, hash, ct).ConfigureAwait(false);
            return (new ContentDigest("sha256", Convert.ToHexStringLower(hash.GetHashAndReset())), length);
        }
    }

    /// <summary>Hashes a stream, copying it along when there is a target.</summary>
    public static async Task<long> PumpAsync(Stream source, Stream? target, IncrementalHash hash, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            long total = 0;
            while (true)
            {
                var read = await source.ReadAsync(buffer, ct).ConfigureAwait(false);
                if (read == 0)
                {
                    return total;
                }

                total += read;
                hash.AppendData(buffer, 0, read);
                if (target is not null)
                {
                    await target.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
