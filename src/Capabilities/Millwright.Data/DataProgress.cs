namespace Millwright.Data;

/// <summary>How far a long data command is.</summary>
/// <param name="Verb">What is being done: <c>Adding</c>, <c>Checkout</c>, <c>Pushing</c>, <c>Fetching</c>.</param>
/// <param name="Done">Files done.</param>
/// <param name="Total">Files in all.</param>
/// <param name="Bytes">Bytes done.</param>
public readonly record struct DataProgress(string Verb, long Done, long Total, long Bytes);
