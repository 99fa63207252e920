using System.Buffers.Binary;

namespace Millwright.Serving.Predictions;

/// <summary>
/// The frame of a block in a segment, 32 bytes, little endian: magic, length of the payload, CRC-32C of everything after the CRC, number of
/// records, least and greatest time in ticks. The payload follows.
/// </summary>
/// <param name="Offset">Of the frame in the file.</param>
/// <param name="PayloadLength">Bytes.</param>
/// <param name="Count">Records.</param>
/// <param name="Least">UTC ticks of the earliest record.</param>
/// <param name="Greatest">UTC ticks of the latest record.</param>
internal readonly record struct Block(long Offset, int PayloadLength, int Count, long Least, long Greatest)
{
    public const int FrameLength = 32;

    // "MWPB"
    private const uint Magic = 0x4250_574D;
    private const int CheckedFrom = 12;

    public long End => Offset + FrameLength + PayloadLength;

    /// <summary>Fills in the frame at the start of a block whose payload is written already.</summary>
    public static Block Seal(Span<byte> block, long offset, int count, long least, long greatest)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(block, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], block.Length - FrameLength);
        BinaryPrimitives.WriteInt32LittleEndian(block[12..], count);
        BinaryPrimitives.WriteInt64LittleEndian(block[16..], least);
        BinaryPrimitives.WriteInt64LittleEndian(block[24..], greatest);
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], Crc32C.Compute(block[CheckedFrom..]));
        return new Block(offset, block.Length - FrameLength, count, least, greatest);
    }

    /// <summary>Reads a frame; null when these bytes are none.</summary>
    public static Block? Read(ReadOnlySpan<byte> frame, long offset)
    {
        if (frame.Length < FrameLength || BinaryPrimitives.ReadUInt32LittleEndian(frame) != Magic)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(frame[4..]);
        return length < 0
            ? null
            : new Block(
                offset, length, BinaryPrimitives.ReadInt32LittleEndian(frame[12..]),
                BinaryPrimitives.ReadInt64LittleEndian(frame[16..]), BinaryPrimitives.ReadInt64LittleEndian(frame[24..]));
    }

    /// <summary>Whether frame and payload are as they were sealed.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> block) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[8..]) == Crc32C.Compute(block[CheckedFrom..]);

    /// <summary>Whether it may hold records in [from, to).</summary>
    public bool Overlaps(long from, long to) => Greatest >= from && Least < to;
}
