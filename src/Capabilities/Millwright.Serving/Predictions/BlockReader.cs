using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Millwright.Abstractions.Serving;

namespace Millwright.Serving.Predictions;

/// <summary>Unpacks what <see cref="BlockWriter"/> packed.</summary>
internal ref struct BlockReader(string model, ReadOnlySpan<byte> payload)
{
    private readonly List<(int Version, string Deployment, string[] Columns)> _streams = [];
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>Every record of an intact block.</summary>
    public static List<Prediction> ReadAll(string model, ReadOnlySpan<byte> payload, int count)
    {
        var records = new List<Prediction>(count);
        var reader = new BlockReader(model, payload);
        while (reader._rest.Length > 0)
        {
            if (reader.Take(1)[0] == BlockWriter.StreamTag)
            {
                reader.ReadStream();
            }
            else
            {
                records.Add(reader.ReadRecord());
            }
        }

        return records;
    }

    private void ReadStream()
    {
        var (version, deployment) = (BinaryPrimitives.ReadInt32LittleEndian(Take(4)), ReadText());
        var columns = new string[BinaryPrimitives.ReadUInt16LittleEndian(Take(2))];
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column] = ReadText();
        }

        _streams.Add((version, deployment, columns));
    }

    private Prediction ReadRecord()
    {
        var id = Take(1)[0] == BlockWriter.HexId
            ? BinaryPrimitives.ReadUInt128BigEndian(Take(16)).ToString("x32", CultureInfo.InvariantCulture)
            : ReadText();
        var at = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(Take(8)), TimeSpan.Zero);
        var (version, deployment, columns) = _streams[BinaryPrimitives.ReadUInt16LittleEndian(Take(2))];
        var score = BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
        var values = new object?[columns.Length];
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = Take(1)[0] switch
            {
                BlockWriter.Missing => null,
                BlockWriter.Number => BinaryPrimitives.ReadDoubleLittleEndian(Take(8)),
                BlockWriter.Text => ReadText(),
                _ => double.NaN,
            };
        }

        return new Prediction(id, at, model, version, deployment, columns, values, score);
    }

    private string ReadText() => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4))));

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
