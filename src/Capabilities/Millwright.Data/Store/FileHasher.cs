using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Millwright.Data.Store;

/// <summary>MD5 of files in bounded memory, as DVC names content.</summary>
public static class FileHasher
{
    private const int Chunk = 1 << 20;

    /// <summary>MD5 of the raw bytes, lower-case hexadecimal.</summary>
    public static string Md5(string path, CancellationToken ct)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        return Md5(file, null, ct);
    }

    /// <summary>MD5 of the raw bytes, which are copied to another file on the way, so that they are read once.</summary>
    public static string Md5(SafeFileHandle file, SafeFileHandle? copy, CancellationToken ct)
    {
        var length = RandomAccess.GetLength(file);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 4096, Chunk));
        try
        {
            var first = RandomAccess.Read(file, buffer, 0);
            if (copy is not null && first > 0)
            {
                RandomAccess.Write(copy, buffer.AsSpan(0, first), 0);
            }

            if (first == length)
            {
                return Convert.ToHexStringLower(MD5.HashData(buffer.AsSpan(0, first)));
            }

            return Rest(file, copy, buffer, first, ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// DVC 2's <c>md5-dos2unix</c>: each chunk of 1 MiB that looks like text has its CRLF turned into LF before hashing.
    /// </summary>
    public static string Md5Dos2Unix(string path, CancellationToken ct)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = new byte[Chunk];
        for (long offset = 0; ;)
        {
            ct.ThrowIfCancellationRequested();
            var read = 0;
            for (int n; read < Chunk && (n = RandomAccess.Read(file, buffer.AsSpan(read), offset + read)) > 0;)
            {
                read += n;
            }

            if (read == 0)
            {
                return Convert.ToHexStringLower(hash.GetHashAndReset());
            }

            offset += read;
            hash.AppendData(buffer, 0, IsText(buffer.AsSpan(0, Math.Min(read, 512))) ? ToUnix(buffer, read) : read);
        }
    }

    private static string Rest(SafeFileHandle file, SafeFileHandle? copy, byte[] buffer, int first, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(buffer, 0, first);
        long offset = first;
        for (int read; (read = RandomAccess.Read(file, buffer, offset)) > 0; offset += read)
        {
            ct.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            if (copy is not null)
            {
                RandomAccess.Write(copy, buffer.AsSpan(0, read), offset);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Text unless a NUL is there or more than 30 % of the block is outside printable ASCII and the usual white space.
    private static bool IsText(ReadOnlySpan<byte> block)
    {
        var odd = 0;
        foreach (var b in block)
        {
            if (b == 0)
            {
                return false;
            }

            odd += b is (>= 0x20 and <= 0x7e) or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f' or (byte)'\b' ? 0 : 1;
        }

        return odd * 10 <= block.Length * 3;
    }

    private static int ToUnix(byte[] buffer, int length)
    {
        var to = 0;
        for (var from = 0; from < length; from++)
        {
            if (buffer[from] != '\r' || from + 1 >= length || buffer[from + 1] != '\n')
            {
                buffer[to++] = buffer[from];
            }
        }

        return to;
    }
}
