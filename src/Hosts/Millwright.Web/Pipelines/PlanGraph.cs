using Millwright.Contracts.Pipelines;
using Millwright.Web.Charts;
using Millwright.Web.Parts;

namespace Millwright.Web.Pipelines;

/// <summary>A plan as a graph, coloured by what became of its steps in a run.</summary>
internal static class PlanGraph
{
    public static (IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges) Of(IReadOnlyList<PipelineStepDto> steps, RunDto? run)
    {
        var states = run?.Steps.ToDictionary(step => step.Name, step => step.State, StringComparer.Ordinal) ?? [];
        return (
            [.. steps.Select(step => Node(step.Name, step.Work, states.GetValueOrDefault(step.Name), run))],
            [.. steps.SelectMany(step => step.Needs.Select(need => new GraphEdge(need, step.Name)))]);
    }

    public static (IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges) Of(RunDto run) => (
        [.. run.Steps.Select(step => Node(step.Name, step.Work, step.State, run))],
        [.. run.Steps.SelectMany(step => step.Needs.Select(need => new GraphEdge(need, step.Name)))]);

    private static GraphNode Node(string name, string work, string? state, RunDto? run) => new(
        name, name, state is null ? work : $"{work.Split(' ')[0]} · {state}",
        run is null || state is null or "pending" ? null : $"/runs/{run.Id}/logs/{Uri.EscapeDataString(name)}",
        state is null ? Tone.Quiet : RunTone.Of(state));
}
