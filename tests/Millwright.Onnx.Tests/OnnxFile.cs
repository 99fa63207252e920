using System.Buffers.Binary;
using System.Text;

namespace Millwright.Onnx.Tests;

/// <summary>Writes small ONNX files (protobuf by hand): <c>Sigmoid(Gemm(x, W, b))</c>, optionally with an <c>ArgMax</c> label beside it.</summary>
internal static class OnnxFile
{
    public static byte[] Logistic(float[][] weights, float[] bias, bool withLabel = false, long rows = -1, int inputType = 1)
    {
        var (features, outputs) = (weights.Length, bias.Length);
        List<byte[]> graph =
        [
            Node("Gemm", ["x", "W", "b"], ["z"]), Node("Sigmoid", ["z"], ["p"]),
        ];
        if (withLabel)
        {
            graph.Insert(2, Node("ArgMax", ["p"], ["label"]));
        }

        graph.Add(Text(2, "g"));
        graph.Add(Message(5, Initialiser("W", [features, outputs], [.. weights.SelectMany(row => row)])));
        graph.Add(Message(5, Initialiser("b", [outputs], bias)));
        graph.Add(Message(11, Value("x", inputType, rows, features)));
        graph.Add(Message(12, Value("p", 1, rows, outputs)));
        if (withLabel)
        {
            graph.Add(Message(12, Value("label", 7, -1, -1)));
        }

        return [.. Number(1, 8), .. Message(8, [.. Text(1, ""), .. Number(2, 13)]), .. Message(7, [.. graph.SelectMany(part => part)])];
    }

    private static byte[] Node(string type, string[] inputs, string[] outputs) =>
        Message(1, [.. inputs.SelectMany(name => Text(1, name)), .. outputs.SelectMany(name => Text(2, name)), .. Text(4, type)]);

    private static byte[] Initialiser(string name, long[] shape, float[] values)
    {
        var raw = new byte[values.Length * 4];
        for (var at = 0; at < values.Length; at++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(at * 4), values[at]);
        }

        return [.. shape.SelectMany(size => Number(1, size)), .. Number(2, 1), .. Text(8, name), .. Message(9, raw)];
    }

    private static byte[] Value(string name, int type, params long[] shape) =>
        [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, type), .. Message(2, [.. shape.SelectMany(size => Message(1, size < 0 ? Text(2, "n" + name) : Number(1, size)))])]))];

    private static byte[] Number(int field, long value) => [.. Varint((ulong)field << 3), .. Varint((ulong)value)];

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static List<byte> Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes;
    }
}
