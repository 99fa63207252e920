using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Millwright.Yaml;

/// <summary>Follows a document's events: what is open, how deep it is, and how large it is with every alias written out.</summary>
internal sealed class YamlSurvey
{
    // Far beyond what anybody writes, and far from what fills a stack of one megabyte.
    private const int Deepest = 100;
    private const long MostNodes = 1_000_000;

    private readonly Stack<(ParsingEvent Start, long Before)> _open = [];
    private readonly Dictionary<AnchorName, long> _sizes = [];
    private long _nodes;

    /// <summary>The innermost list or map in brackets that is open, or null.</summary>
    public (int Line, string Kind)? OpenFlow =>
        _open.TryPeek(out var top) ? top.Start switch
        {
            SequenceStart { Style: SequenceStyle.Flow } => ((int)top.Start.Start.Line, "list"),
            MappingStart { Style: MappingStyle.Flow } => ((int)top.Start.Start.Line, "map"),
            _ => null,
        }
        : null;

    /// <summary>Takes the next event; a fault when the document must not be built.</summary>
    public YamlFault? See(ParsingEvent next)
    {
        _nodes += next is NodeEvent or AnchorAlias ? 1 : 0;
        switch (next)
        {
            case DocumentStart:
                _sizes.Clear();
                break;
            case SequenceStart or MappingStart:
                _open.Push((next, _nodes));
                break;
            case SequenceEnd or MappingEnd when _open.TryPop(out var closed):
                Remember(((NodeEvent)closed.Start).Anchor, _nodes - closed.Before + 1);
                break;
            case Scalar scalar:
                Remember(scalar.Anchor, 1);
                break;
            case AnchorAlias alias when _open.Any(open => ((NodeEvent)open.Start).Anchor == alias.Value):
                return At(next, $"the alias '*{alias.Value}' stands inside of what it repeats");
            case AnchorAlias alias when !_sizes.ContainsKey(alias.Value):
                return At(next, $"the alias '*{alias.Value}' repeats nothing: there is no '&{alias.Value}' before it");
            case AnchorAlias alias:
                _nodes += _sizes[alias.Value];
                break;
        }

        return _open.Count > Deepest ? At(next, $"lists and maps are nested deeper than {Deepest}")
            : _nodes > MostNodes ? At(next, $"the document has more than {MostNodes} values, aliases written out")
            : null;
    }

    private void Remember(AnchorName anchor, long size)
    {
        if (!anchor.IsEmpty)
        {
            _sizes[anchor] = size;
        }
    }

    private static YamlFault At(ParsingEvent found, string message) => new((int)found.Start.Line, message);
}
