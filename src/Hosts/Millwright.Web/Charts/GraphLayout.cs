using System.Globalization;

namespace Millwright.Web.Charts;

/// <summary>
/// Places a directed graph in columns from left to right: a node's column is its longest path from a source, and nodes of a column are
/// ordered by the mean row of their neighbours, so that arrows cross seldom.
/// </summary>
internal sealed class GraphLayout
{
    public const int BoxWidth = 156;
    public const int BoxHeight = 46;
    private const int ColumnGap = 40;
    private const int RowGap = 18;
    private const int Margin = 6;
    private const int ArrowHead = 7;
    private const int Sweeps = 6;

    private GraphLayout(IReadOnlyList<PlacedNode> nodes, IReadOnlyList<string> arrows, int width, int height) =>
        (Nodes, Arrows, Width, Height) = (nodes, arrows, width, height);

    public IReadOnlyList<PlacedNode> Nodes { get; }

    /// <summary>The <c>d</c> of an SVG path per arrow.</summary>
    public IReadOnlyList<string> Arrows { get; }

    public int Width { get; }

    public int Height { get; }

    public static GraphLayout Of(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        var known = nodes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var arrows = edges.Where(edge => known.Contains(edge.Source) && known.Contains(edge.Target) && edge.Source != edge.Target).Distinct().ToList();
        var columns = Columns(nodes, arrows);
        var routes = arrows.ConvertAll(arrow => Route(arrow, columns));
        var rows = Rows(columns, routes);
        var sizes = columns.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.Count());
        var tallest = sizes.Values.DefaultIfEmpty(1).Max();
        var corners = columns.ToDictionary(
            pair => pair.Key,
            pair => (X: Margin + pair.Value * (BoxWidth + ColumnGap), Y: Margin + rows[pair.Key] * (BoxHeight + RowGap) + (tallest - sizes[pair.Value]) * (BoxHeight + RowGap) / 2),
            StringComparer.Ordinal);
        var width = 2 * Margin + (columns.Values.DefaultIfEmpty(0).Max() + 1) * (BoxWidth + ColumnGap) - ColumnGap;
        var height = 2 * Margin + tallest * (BoxHeight + RowGap) - RowGap;
        return new GraphLayout(
            [.. nodes.Select(node => new PlacedNode(node, corners[node.Id].X, corners[node.Id].Y))],
            [.. routes.Select(route => Curve([.. route.Select(stop => corners[stop])]))], width, height);
    }

    // An arrow over several columns gets a place of its own in each column between, so that it passes beside the boxes there.
    private static List<string> Route(GraphEdge arrow, Dictionary<string, int> columns)
    {
        List<string> route = [arrow.Source];
        for (var column = columns[arrow.Source] + 1; column < columns[arrow.Target]; column++)
        {
            var stop = $"\0{arrow.Source}\0{arrow.Target}\0{column}";
            columns[stop] = column;
            route.Add(stop);
        }

        route.Add(arrow.Target);
        return route;
    }

    private static Dictionary<string, int> Columns(IReadOnlyList<GraphNode> nodes, List<GraphEdge> edges)
    {
        var columns = nodes.ToDictionary(node => node.Id, _ => 0, StringComparer.Ordinal);
        var waiting = nodes.ToDictionary(node => node.Id, node => edges.Count(edge => edge.Target == node.Id), StringComparer.Ordinal);
        var targets = edges.ToLookup(edge => edge.Source, edge => edge.Target, StringComparer.Ordinal);
        var ready = new Queue<string>(waiting.Where(pair => pair.Value == 0).Select(pair => pair.Key));

        // Nodes on a cycle never get ready and stay in the first column: nothing here may loop, whatever it is given.
        while (ready.TryDequeue(out var node))
        {
            foreach (var target in targets[node])
            {
                columns[target] = Math.Max(columns[target], columns[node] + 1);
                if (--waiting[target] == 0)
                {
                    ready.Enqueue(target);
                }
            }
        }

        return columns;
    }

    private static Dictionary<string, int> Rows(Dictionary<string, int> columns, List<List<string>> routes)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = columns.GroupBy(pair => pair.Value).OrderBy(group => group.Key).Select(group => group.Select(pair => pair.Key).ToList()).ToList();
        groups.ForEach(Number);
        var neighbours = routes.SelectMany(route => route.Zip(route.Skip(1)))
            .SelectMany(pair => new[] { pair, (First: pair.Second, Second: pair.First) })
            .ToLookup(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var group in sweep % 2 == 0 ? groups : Enumerable.Reverse(groups))
            {
                var ordered = group.OrderBy(node => neighbours[node].Select(other => (double)rows[other]).DefaultIfEmpty(rows[node]).Average()).ToList();
                group.Clear();
                group.AddRange(ordered);
                Number(group);
            }
        }

        return rows;

        void Number(List<string> group)
        {
            for (var row = 0; row < group.Count; row++)
            {
                rows[group[row]] = row;
            }
        }
    }

    private static string Curve(IReadOnlyList<(int X, int Y)> corners)
    {
        var path = new System.Text.StringBuilder();
        var (x, y) = (corners[0].X + BoxWidth, corners[0].Y + BoxHeight / 2);
        path.Append(CultureInfo.InvariantCulture, $"M{x} {y}");
        for (var stop = 1; stop < corners.Count; stop++)
        {
            var last = stop == corners.Count - 1;
            var (toX, toY) = (corners[stop].X - (last ? ArrowHead : 0), corners[stop].Y + BoxHeight / 2);
            var bend = Math.Max(ColumnGap / 2, (toX - x) / 2);
            path.Append(CultureInfo.InvariantCulture, $"C{x + bend} {y} {toX - bend} {toY} {toX} {toY}");
            (x, y) = (toX, toY);
            if (!last)
            {
                x += BoxWidth;
                path.Append(CultureInfo.InvariantCulture, $"H{x}");
            }
        }

        return path.ToString();
    }

    /// <summary>A node and the upper left corner of its box.</summary>
    internal sealed record PlacedNode(GraphNode Node, int X, int Y);
}
