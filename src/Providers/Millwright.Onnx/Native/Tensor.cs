namespace Millwright.Onnx.Native;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes; −1 = any. Empty for what is no tensor.</param>
internal sealed record Tensor(string Name, ElementType Type, long[] Shape);

/// <summary><c>ONNXTensorElementDataType</c>; only those that decide something are named.</summary>
internal enum ElementType
{
    /// <summary>No tensor, such as a sequence of maps.</summary>
    None = 0,

    /// <summary>32-bit float.</summary>
    Float = 1,

    /// <summary>64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Text.</summary>
    String = 8,
}
