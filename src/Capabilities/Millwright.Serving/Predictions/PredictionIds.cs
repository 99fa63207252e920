using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Millwright.Serving.Predictions;

/// <summary>
/// Ids of predictions: 128 bits as 32 lower-case hexadecimal digits: milliseconds since 1970 (48 bits), a counter (32 bits) and a number of
/// the process (48 bits). They sort by time, and within a process by order of creation.
/// </summary>
internal sealed class PredictionIds
{
    private readonly ulong _process;
    private int _counter;

    public PredictionIds()
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        _process = BinaryPrimitives.ReadUInt64LittleEndian(random) & 0xFFFF_FFFF_FFFF;
    }

    public string Next(DateTimeOffset at)
    {
        var counter = (uint)Interlocked.Increment(ref _counter);
        var high = ((ulong)at.ToUnixTimeMilliseconds() << 16) | (counter >> 16);
        var low = ((ulong)(counter & 0xFFFF) << 48) | _process;
        return string.Create(32, (high, low), static (digits, id) =>
        {
            id.high.TryFormat(digits, out _, "x16", CultureInfo.InvariantCulture);
            id.low.TryFormat(digits[16..], out _, "x16", CultureInfo.InvariantCulture);
        });
    }

    /// <summary>The time in an id, or null when it is none of ours.</summary>
    public static DateTimeOffset? TimeOf(string id) =>
        id.Length == 32 && ulong.TryParse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : null;
}
