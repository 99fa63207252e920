namespace Millwright.Statistics.Trees;

/// <summary>One decision tree as arrays with an entry per node; node 0 is the root.</summary>
/// <remarks>A row goes left where its value is below the threshold; a missing value (NaN) goes the node's default way.</remarks>
public sealed record Tree
{
    // Explanations recurse and keep a path per level.
    private const int DeepestNode = 512;

    /// <summary>The margin this tree adds to: 0, or the class.</summary>
    public int Output { get; init; }

    /// <summary>Left child, −1 for a leaf.</summary>
    public required int[] Left { get; init; }

    /// <summary>Right child, −1 for a leaf.</summary>
    public required int[] Right { get; init; }

    /// <summary>The feature a node splits on.</summary>
    public required int[] Feature { get; init; }

    /// <summary>The threshold of a split, or the value of a leaf.</summary>
    public required float[] Threshold { get; init; }

    /// <summary>Whether missing values go left.</summary>
    public required bool[] DefaultLeft { get; init; }

    /// <summary>Weight of the training rows that reached the node, in any unit; explanations need it.</summary>
    public required float[] Cover { get; init; }

    /// <summary>What is wrong with it, in one sentence, or null when it is a tree over that many features and outputs.</summary>
    public string? FindFault(int features, int outputs)
    {
        var nodes = Left.Length;
        if (nodes == 0 || Right.Length != nodes || Feature.Length != nodes || Threshold.Length != nodes || DefaultLeft.Length != nodes || Cover.Length != nodes)
        {
            return "its arrays are empty or have different lengths.";
        }

        if (Output < 0 || Output >= outputs)
        {
            return $"it belongs to output {Output} of {outputs}.";
        }

        var reached = new bool[nodes];
        var open = new Stack<(int Node, int Depth)>([(0, 0)]);
        while (open.TryPop(out var next))
        {
            var (node, depth) = next;
            if (depth > DeepestNode)
            {
                return $"it is deeper than {DeepestNode} levels.";
            }

            if (reached[node])
            {
                return $"node {node} has two parents.";
            }

            reached[node] = true;
            if (Left[node] == -1 && Right[node] == -1)
            {
                if (!float.IsFinite(Threshold[node]))
                {
                    return $"leaf {node} has the value {Threshold[node]}.";
                }

                continue;
            }

            if (Left[node] <= 0 || Left[node] >= nodes || Right[node] <= 0 || Right[node] >= nodes)
            {
                return $"node {node} has the children {Left[node]} and {Right[node]} in a tree of {nodes} nodes.";
            }

            if (Feature[node] < 0 || Feature[node] >= features)
            {
                return $"node {node} splits on feature {Feature[node]} of {features}.";
            }

            open.Push((Left[node], depth + 1));
            open.Push((Right[node], depth + 1));
        }

        return null;
    }
}
