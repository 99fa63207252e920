using Microsoft.Win32.SafeHandles;

namespace Millwright.Serving.Predictions;

/// <summary>One append-only file of blocks, with the frames of its blocks in memory. Not for concurrent use; <see cref="ModelLog"/> locks.</summary>
internal sealed class Segment
{
    private readonly List<Block> _blocks = [];

    private Segment(string path) => Path = path;

    public string Path { get; }

    public long Length { get; private set; }

    public long Greatest { get; private set; } = long.MinValue;

    public IReadOnlyList<Block> Blocks => _blocks;

    public static Segment Create(string path) => new(path);

    /// <summary>
    /// Reads the frames of an existing file. A tail that is no whole block (the process died while writing) is not part of it; when
    /// <paramref name="isLast"/>, checksums are checked too and the tail is cut off, so that the next block can follow.
    /// </summary>
    public static Segment Open(string path, bool isLast)
    {
        var segment = new Segment(path);
        using var file = File.OpenHandle(path, FileMode.Open, isLast ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        Span<byte> frame = stackalloc byte[Block.FrameLength];
        while (RandomAccess.Read(file, frame, segment.Length) == frame.Length && Block.Read(frame, segment.Length) is { } block && block.End <= length)
        {
            if (isLast && block.End == length && ReadIntact(file, block) is null)
            {
                break;
            }

            segment.Add(block);
        }

        if (isLast && segment.Length < length)
        {
            RandomAccess.SetLength(file, segment.Length);
        }

        return segment;
    }

    public void Add(Block block)
    {
        _blocks.Add(block);
        Length = block.End;
        Greatest = Math.Max(Greatest, block.Greatest);
    }

    /// <summary>The payload of a block, or null when its checksum is wrong.</summary>
    public static ReadOnlyMemory<byte>? ReadIntact(SafeFileHandle file, Block block)
    {
        var bytes = new byte[Block.FrameLength + block.PayloadLength];
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(file, bytes.AsSpan(read), block.Offset + read);
            if (count == 0)
            {
                return null;
            }

            read += count;
        }

        return Block.IsIntact(bytes) ? bytes.AsMemory(Block.FrameLength) : null;
    }
}
