using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Millwright.Abstractions.Serving;

namespace Millwright.Serving.Predictions;

/// <summary>
/// Packs predictions into a block's payload: a list of streams (version, deployment, columns), each written when it first occurs, among
/// records (<c>0</c> + stream, <c>1</c> + record). Every block can be read alone. Reused; not for concurrent use.
/// </summary>
internal sealed class BlockWriter
{
    public const byte StreamTag = 0;
    public const byte RecordTag = 1;
    public const byte HexId = 0;
    public const byte TextId = 1;
    public const byte Missing = 0;
    public const byte Number = 1;
    public const byte Text = 2;

    private readonly List<(int Version, string Deployment, IReadOnlyList<string> Columns)> _streams = [];
    private byte[] _bytes = new byte[64 * 1024];
    private int _length = Block.FrameLength;
    private int _count;
    private long _least = long.MaxValue;
    private long _greatest = long.MinValue;

    public bool IsEmpty => _count == 0;

    public int Length => _length;

    public int Count => _count;

    public void Add(Prediction prediction)
    {
        var stream = StreamOf(prediction);
        Put(RecordTag);
        PutId(prediction.Id);
        var ticks = prediction.At.UtcTicks;
        PutLong(ticks);
        PutShort(stream);
        PutDouble(prediction.Score);
        for (var column = 0; column < prediction.Columns.Count; column++)
        {
            PutValue(prediction.Values[column]);
        }

        (_least, _greatest) = (Math.Min(_least, ticks), Math.Max(_greatest, ticks));
        _count++;
    }

    /// <summary>The sealed block, valid until the next use.</summary>
    public ReadOnlySpan<byte> Seal(long offset, out Block block)
    {
        block = Block.Seal(_bytes.AsSpan(0, _length), offset, _count, _least, _greatest);
        return _bytes.AsSpan(0, _length);
    }

    public void Clear()
    {
        _streams.Clear();
        (_length, _count, _least, _greatest) = (Block.FrameLength, 0, long.MaxValue, long.MinValue);
    }

    private int StreamOf(Prediction prediction)
    {
        for (var index = 0; index < _streams.Count; index++)
        {
            var (version, deployment, columns) = _streams[index];
            if (version == prediction.Version && deployment == prediction.Deployment
                && (ReferenceEquals(columns, prediction.Columns) || columns.SequenceEqual(prediction.Columns)))
            {
                return index;
            }
        }

        Put(StreamTag);
        PutInt(prediction.Version);
        PutText(prediction.Deployment);
        PutShort(prediction.Columns.Count);
        foreach (var column in prediction.Columns)
        {
            PutText(column);
        }

        _streams.Add((prediction.Version, prediction.Deployment, prediction.Columns));
        return _streams.Count - 1;
    }

    private void PutId(string id)
    {
        if (id.Length == 32 && UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && !id.AsSpan().ContainsAnyInRange('A', 'F'))
        {
            Put(HexId);
            BinaryPrimitives.WriteUInt128BigEndian(Take(16), number);
        }
        else
        {
            Put(TextId);
            PutText(id);
        }
    }

    private void PutValue(object? value)
    {
        switch (value)
        {
            case string text:
                Put(Text);
                PutText(text);
                break;
            case double number when !double.IsNaN(number):
                Put(Number);
                PutDouble(number);
                break;
            case double:
                Put(Number | 0x10);
                break;
            case null:
                Put(Missing);
                break;
            default:
                Put(Number);
                PutDouble(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Put(byte value) => Take(1)[0] = value;

    private void PutShort(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), checked((ushort)value));

    private void PutInt(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    private void PutLong(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    private void PutDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    private void PutText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        PutInt(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    private Span<byte> Take(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
