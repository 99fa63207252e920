using Millwright.Web.Parts;

namespace Millwright.Web.Charts;

/// <summary>A box of a graph.</summary>
/// <param name="Id">Unique in the graph.</param>
/// <param name="Text">First line.</param>
/// <param name="Under">Second line.</param>
/// <param name="Address">Where the box leads, or null.</param>
/// <param name="Tone">How good or bad it is.</param>
public sealed record GraphNode(string Id, string Text, string Under, string? Address = null, Tone Tone = Tone.Quiet);

/// <summary>An arrow of a graph.</summary>
/// <param name="Source">Id of the node it leaves.</param>
/// <param name="Target">Id of the node it enters.</param>
public sealed record GraphEdge(string Source, string Target);
