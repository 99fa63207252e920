namespace Millwright.Pipelines.Plan;

/// <summary>Questions about a plan's graph.</summary>
internal static class PlanOrder
{
    /// <summary>The steps of one cycle in the order of their edges, or null. Edges to unknown steps are ignored.</summary>
    public static IReadOnlyList<string>? FindCycle(PipelinePlan plan)
    {
        var steps = plan.Steps.DistinctBy(step => step.Name).ToDictionary(step => step.Name, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in steps.Keys)
        {
            if (Walk(start, steps, done) is { } cycle)
            {
                return cycle;
            }
        }

        return null;
    }

    /// <summary>These steps and everything they depend on.</summary>
    public static HashSet<string> Ancestors(PipelinePlan plan, IEnumerable<string> wanted)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(wanted);
        while (open.TryPop(out var name))
        {
            if (found.Add(name))
            {
                foreach (var upstream in plan.Find(name)!.Upstream())
                {
                    open.Push(upstream);
                }
            }
        }

        return found;
    }

    // Depth first with a stack of its own: a plan may be deeper than the thread's stack.
    private static List<string>? Walk(string start, Dictionary<string, PlanStep> steps, HashSet<string> done)
    {
        var path = new List<string>();
        var open = new Stack<(string Name, bool Leaves)>([(start, false)]);
        while (open.TryPop(out var at))
        {
            if (at.Leaves)
            {
                path.RemoveAt(path.Count - 1);
                done.Add(at.Name);
                continue;
            }

            if (done.Contains(at.Name) || !steps.TryGetValue(at.Name, out var step))
            {
                continue;
            }

            var before = path.IndexOf(at.Name);
            if (before >= 0)
            {
                // The walk goes from a step to what it depends on; people read the other way round.
                var cycle = path[before..];
                cycle.Reverse();
                return cycle;
            }

            path.Add(at.Name);
            open.Push((at.Name, true));
            foreach (var upstream in step.Upstream())
            {
                open.Push((upstream, false));
            }
        }

        return null;
    }
}
