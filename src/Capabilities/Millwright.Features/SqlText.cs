namespace Millwright.Features;

/// <summary>Quoting for the engine's SQL.</summary>
internal static class SqlText
{
    /// <summary>A text literal.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>An identifier.</summary>
    internal static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
