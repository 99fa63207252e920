using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Ledger.Trace;

/// <summary>Walks the lineage from a subject: backward to what it came from, forward to what came of it.</summary>
public sealed class TraceSubject(ILedgerStore ledger, IEnumerable<ILineageSource> sources)
{
    private const int MostNodes = 2000;

    /// <summary>The nodes and edges reachable within <paramref name="depth"/> steps each way; a subject nobody knows is a problem.</summary>
    public async Task<Result<Lineage>> RunAsync(Subject subject, int depth, CancellationToken ct)
    {
        var walk = new Walk(subject.ToString());
        if (sources.FirstOrDefault(source => source.Kind == subject.Kind) is { } source)
        {
            if (await source.FindAsync(subject, ct) is not { } fact)
            {
                return Unknown(subject);
            }

            walk.Add(fact);
        }

        foreach (var backward in (bool[])[true, false])
        {
            Spread(walk, backward, depth, ct);
        }

        if (walk.Edges.Count == 0 && ledger.Read(new LedgerQuery { Subject = subject.ToString(), Limit = 1 }).Count == 0)
        {
            return Unknown(subject);
        }

        return new Lineage(subject.ToString(), [.. walk.Nodes.Select(Describe)], walk.Edges);
    }

    private static Problem Unknown(Subject subject) => new(
        "subject.unknown", $"The ledger knows nothing of '{subject}'.",
        "Check its spelling (such as model:churn/3, run:ID, prediction:ID, data:md5:HEX); 'mw ledger search TEXT' finds subjects.",
        ProblemKind.NotFound);

    private void Spread(Walk walk, bool backward, int depth, CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { walk.Start };
        List<string> frontier = backward ? [walk.Start, .. walk.Known] : [walk.Start];
        seen.UnionWith(frontier);
        for (var step = 0; step < depth && frontier.Count > 0 && walk.Nodes.Count < MostNodes; step++)
        {
            ct.ThrowIfCancellationRequested();
            var edges = frontier.Chunk(500).SelectMany(some => ledger.Edges(some, backward)).ToList();
            frontier = [];
            foreach (var edge in edges)
            {
                walk.Add(edge);
                var next = backward ? edge.Source : edge.Target;
                if (seen.Add(next))
                {
                    frontier.Add(next);
                }
            }
        }
    }

    private LineageNode Describe(string subject)
    {
        var about = ledger.Read(new LedgerQuery { Subject = subject, Limit = 50 }).Where(happened => happened.Subject.ToString() == subject).ToList();
        var first = about.Count > 0 ? about[0] : null;
        var last = about.Count > 0 ? about[^1] : null;
        return new LineageNode(subject, subject.Split(':')[0], first?.At, first?.Actor.Name, last?.Kind);
    }

    private sealed class Walk(string start)
    {
        private readonly HashSet<(string, string)> _pairs = [];

        public string Start { get; } = start;

        public List<string> Known { get; } = [];

        public List<string> Nodes { get; } = [start];

        public List<LineageEdge> Edges { get; } = [];

        public void Add(LineageFact fact)
        {
            foreach (var input in fact.Inputs)
            {
                Add(new LineageEdge(input.ToString(), fact.Subject.ToString(), 0));
                Known.Add(input.ToString());
            }
        }

        public void Add(LineageEdge edge)
        {
            if (!_pairs.Add((edge.Source, edge.Target)))
            {
                return;
            }

            Edges.Add(edge);
            foreach (var end in (string[])[edge.Source, edge.Target])
            {
                if (!Nodes.Contains(end))
                {
                    Nodes.Add(end);
                }
            }
        }
    }
}

/// <summary>A part of the lineage graph.</summary>
/// <param name="Start">The subject asked for.</param>
/// <param name="Nodes">Subjects, the start first.</param>
/// <param name="Edges">Source → target.</param>
public sealed record Lineage(string Start, IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges);

/// <summary>A subject in a lineage.</summary>
/// <param name="Subject">Printed form.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="At">When it first appeared, when the ledger has an event about it.</param>
/// <param name="Actor">Who made it appear.</param>
/// <param name="LastEvent">The kind of the last event about it.</param>
public sealed record LineageNode(string Subject, string Kind, DateTimeOffset? At, string? Actor, string? LastEvent);
