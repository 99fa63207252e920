namespace Millwright.Onnx.Native;

/// <summary>The runtime refused a call.</summary>
internal sealed class OnnxException(string message) : Exception(message);
