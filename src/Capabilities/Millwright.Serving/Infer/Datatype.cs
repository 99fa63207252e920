using System.Text.Json;

namespace Millwright.Serving.Infer;

/// <summary>A tensor datatype of the Open Inference Protocol.</summary>
/// <param name="Name">As in the protocol.</param>
/// <param name="Fits">Signature types it may be sent for.</param>
/// <param name="Least">Least value of an integer.</param>
/// <param name="Most">Greatest value of an integer.</param>
internal sealed record Datatype(string Name, string[] Fits, double Least = double.NegativeInfinity, double Most = double.PositiveInfinity)
{
    private static readonly string[] Whole = ["double", "long", "boolean"];
    
    // Data frames hold whole numbers as floats as soon as one is missing; the values themselves are checked.
    private static readonly string[] Real = ["double", "long"];

    private static readonly Datatype[] All =
    [
        new("FP64", Real), new("FP32", Real), new("FP16", Real), new("BYTES", ["string"]), new("BOOL", ["boolean"]),
        new("INT64", Whole, long.MinValue, long.MaxValue), new("INT32", Whole, int.MinValue, int.MaxValue),
        new("INT16", Whole, short.MinValue, short.MaxValue), new("INT8", Whole, sbyte.MinValue, sbyte.MaxValue),
        new("UINT64", Whole, 0, ulong.MaxValue), new("UINT32", Whole, 0, uint.MaxValue),
        new("UINT16", Whole, 0, ushort.MaxValue), new("UINT8", Whole, 0, byte.MaxValue),
    ];

    public bool IsInteger => ReferenceEquals(Fits, Whole);

    /// <summary>The datatype the reader stands on, or null when there is none of that name.</summary>
    public static Datatype? Read(ref Utf8JsonReader json)
    {
        foreach (var datatype in All)
        {
            if (json.ValueTextEquals(datatype.Name))
            {
                return datatype;
            }
        }

        return null;
    }

    /// <summary>The datatype in which a column of a signature is best sent.</summary>
    public static string For(string type) => type switch
    {
        "string" => "BYTES",
        "boolean" => "BOOL",
        "long" => "INT64",
        _ => "FP64",
    };
}
