namespace Millwright.Statistics.Trees;

/// <summary>
/// Path-dependent TreeSHAP (Lundberg, Erion and Lee 2018, algorithm 2): Shapley values of a tree when absent features follow the
/// training rows down both branches. Per tree it costs leaves × depth².
/// </summary>
internal sealed class TreeShap
{
    private readonly IReadOnlyList<Tree> _trees;
    private readonly int _features;
    private readonly int[] _depths;
    private readonly double[] _expected;

    internal TreeShap(IReadOnlyList<Tree> trees, int features, ReadOnlySpan<float> baseMargin)
    {
        (_trees, _features) = (trees, features);
        _expected = new double[baseMargin.Length];
        for (var output = 0; output < _expected.Length; output++)
        {
            _expected[output] = baseMargin[output];
        }

        _depths = new int[trees.Count];
        for (var tree = 0; tree < trees.Count; tree++)
        {
            (var mean, _depths[tree]) = MeanAndDepth(trees[tree], 0);
            _expected[trees[tree].Output] += mean;
        }
    }

    internal ReadOnlySpan<double> Expected => _expected;

    internal void Explain(ReadOnlySpan<float> row, Span<double> values)
    {
        values.Clear();
        var longest = _depths.Length == 0 ? 0 : _depths.Max() + 2;
        // Every level of the recursion works on its own copy of the path, which is one element longer than its parent's.
        var paths = System.Buffers.ArrayPool<Element>.Shared.Rent(longest * (longest + 1) / 2 + longest);
        for (var tree = 0; tree < _trees.Count; tree++)
        {
            var output = values.Slice(_trees[tree].Output * _features, _features);
            Walk(_trees[tree], 0, row, output, paths, 0, new Path(1, 1, -1));
        }

        System.Buffers.ArrayPool<Element>.Shared.Return(paths);
    }

    private static void Walk(Tree tree, int node, ReadOnlySpan<float> row, Span<double> values, Span<Element> parent, int parentLength, Path step)
    {
        // The parent's elements, followed by this node's own copy and the new element.
        var path = parent[parentLength..];
        parent[..parentLength].CopyTo(path);
        var length = Extend(path, parentLength, step);
        if (tree.Left[node] == -1)
        {
            for (var i = 1; i < length; i++)
            {
                ref readonly var element = ref path[i];
                values[element.Feature] += UnwoundSum(path, length, i) * (element.One - element.Zero) * tree.Threshold[node];
            }

            return;
        }

        var feature = tree.Feature[node];
        var value = row[feature];
        var isLeft = float.IsNaN(value) ? tree.DefaultLeft[node] : value < tree.Threshold[node];
        var (hot, cold) = isLeft ? (tree.Left[node], tree.Right[node]) : (tree.Right[node], tree.Left[node]);
        double zero = 1, one = 1;
        for (var i = 1; i < length; i++)
        {
            if (path[i].Feature == feature)
            {
                (zero, one) = (path[i].Zero, path[i].One);
                length = Unwind(path, length, i);
                break;
            }
        }

        var (hotShare, coldShare) = Shares(tree, hot, cold);
        foreach (var (child, next) in (ReadOnlySpan<(int, Path)>)[(hot, new Path(zero * hotShare, one, feature)), (cold, new Path(zero * coldShare, 0, feature))])
        {
            // A branch that neither the row nor any training row takes weighs nothing.
            if (next.Zero != 0 || next.One != 0)
            {
                Walk(tree, child, row, values, path, length, next);
            }
        }
    }

    // Shares of the training rows; a node that no row reached splits evenly, so that shares always sum to 1.
    private static (double Hot, double Cold) Shares(Tree tree, int hot, int cold)
    {
        double sum = (double)tree.Cover[hot] + tree.Cover[cold];
        return sum > 0 ? (tree.Cover[hot] / sum, tree.Cover[cold] / sum) : (0.5, 0.5);
    }

    private static int Extend(Span<Element> path, int length, Path step)
    {
        path[length] = new Element(step.Feature, step.Zero, step.One, length == 0 ? 1 : 0);
        for (var i = length - 1; i >= 0; i--)
        {
            path[i + 1].Weight += step.One * path[i].Weight * (i + 1) / (length + 1);
            path[i].Weight = step.Zero * path[i].Weight * (length - i) / (length + 1);
        }

        return length + 1;
    }

    private static int Unwind(Span<Element> path, int length, int index)
    {
        var depth = length - 1;
        var (zero, one) = (path[index].Zero, path[index].One);
        var next = path[depth].Weight;
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = path[i].Weight;
                path[i].Weight = next * (depth + 1) / ((i + 1) * one);
                next = weight - path[i].Weight * zero * (depth - i) / (depth + 1);
            }
            else
            {
                path[i].Weight = path[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }

        for (var i = index; i < depth; i++)
        {
            (path[i].Feature, path[i].Zero, path[i].One) = (path[i + 1].Feature, path[i + 1].Zero, path[i + 1].One);
        }

        return depth;
    }

    private static double UnwoundSum(ReadOnlySpan<Element> path, int length, int index)
    {
        var depth = length - 1;
        var (zero, one) = (path[index].Zero, path[index].One);
        var next = path[depth].Weight;
        var sum = 0.0;
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = next * (depth + 1) / ((i + 1) * one);
                sum += weight;
                next = path[i].Weight - weight * zero * (depth - i) / (depth + 1);
            }
            else if (zero != 0)
            {
                sum += path[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }

        return sum;
    }

    private static (double Mean, int Depth) MeanAndDepth(Tree tree, int node)
    {
        if (tree.Left[node] == -1)
        {
            return (tree.Threshold[node], 0);
        }

        var left = MeanAndDepth(tree, tree.Left[node]);
        var right = MeanAndDepth(tree, tree.Right[node]);
        var (leftShare, rightShare) = Shares(tree, tree.Left[node], tree.Right[node]);
        return (left.Mean * leftShare + right.Mean * rightShare, 1 + Math.Max(left.Depth, right.Depth));
    }

    private readonly record struct Path(double Zero, double One, int Feature);

    private record struct Element(int Feature, double Zero, double One, double Weight);
}
