using Millwright.Web.Charts;

namespace Millwright.Web.Tests.Charts;

/// <summary>Where the boxes of a graph go.</summary>
public sealed class GraphLayoutTests
{
    [Fact]
    public void Of_Chain_GoesFromLeftToRight()
    {
        var layout = Lay("a>b", "b>c", "a>c");

        layout.Nodes.Select(node => node.X).ShouldBeInOrder(SortDirection.Ascending);
        layout.Arrows.Count.ShouldBe(3);
    }

    [Fact]
    public void Of_ArrowOverAColumn_LeavesItsBoxesFree()
    {
        var layout = Lay("a>b", "b>c", "a>c");
        var middle = layout.Nodes.Single(node => node.Node.Id == "b");
        var (a, c) = (layout.Nodes.Single(node => node.Node.Id == "a"), layout.Nodes.Single(node => node.Node.Id == "c"));

        // The direct arrow has a row of its own in b's column, so b cannot stand on the line between a and c.
        middle.Y.ShouldNotBe(a.Y);
        a.Y.ShouldBe(c.Y);
    }

    [Fact]
    public void Of_Cycle_StillEnds()
    {
        var layout = Lay("a>b", "b>a", "b>c");

        layout.Nodes.Count.ShouldBe(3);
    }

    [Fact]
    public void Of_WideGraph_NoTwoBoxesTouch()
    {
        var layout = Lay([.. Enumerable.Range(0, 40).Select(n => $"n{n}>n{n + 1 + n % 7}")]);

        foreach (var one in layout.Nodes)
        {
            layout.Nodes.Count(other => Math.Abs(other.X - one.X) < GraphLayout.BoxWidth && Math.Abs(other.Y - one.Y) < GraphLayout.BoxHeight).ShouldBe(1);
            one.X.ShouldBeInRange(0, layout.Width - GraphLayout.BoxWidth);
            one.Y.ShouldBeInRange(0, layout.Height - GraphLayout.BoxHeight);
        }
    }

    [Fact]
    public void Of_Nothing_IsEmpty() => GraphLayout.Of([], []).Nodes.ShouldBeEmpty();

    private static GraphLayout Lay(params string[] arrows)
    {
        var edges = arrows.Select(arrow => arrow.Split('>')).Select(ends => new GraphEdge(ends[0], ends[1])).ToList();
        var nodes = edges.SelectMany(edge => new[] { edge.Source, edge.Target }).Distinct().Select(id => new GraphNode(id, id, "")).ToList();
        return GraphLayout.Of(nodes, edges);
    }
}
