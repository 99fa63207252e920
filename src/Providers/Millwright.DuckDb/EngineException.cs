namespace Millwright.DuckDb;

/// <summary>What the engine said about one statement; turned into a problem at the edge of this room.</summary>
internal sealed class EngineException(string message) : Exception(message);
