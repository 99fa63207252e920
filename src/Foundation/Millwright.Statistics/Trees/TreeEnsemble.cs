using System.Runtime.InteropServices;

namespace Millwright.Statistics.Trees;

/// <summary>
/// A sum of decision trees, as gradient boosting makes them. Immutable and thread-safe; predicting a row allocates nothing.
/// </summary>
public sealed class TreeEnsemble
{
    private readonly Node[] _nodes;
    private readonly int[] _roots;
    private readonly int[] _outputs;
    private readonly float[] _base;
    private readonly Lazy<TreeShap> _shap;

    /// <summary>Builds an ensemble.</summary>
    /// <param name="featureCount">Length of a row.</param>
    /// <param name="baseMargin">What every margin starts from, one per output.</param>
    /// <param name="transform">How margins become predictions.</param>
    /// <param name="trees">In order of boosting.</param>
    /// <exception cref="ArgumentException">A tree is not one (<see cref="Tree.FindFault"/>).</exception>
    public TreeEnsemble(int featureCount, ReadOnlySpan<float> baseMargin, OutputTransform transform, IReadOnlyList<Tree> trees)
    {
        ArgumentNullException.ThrowIfNull(trees);
        (FeatureCount, Transform, _base) = (featureCount, transform, baseMargin.ToArray());
        _roots = new int[trees.Count];
        _outputs = new int[trees.Count];
        var nodes = new List<Node>();
        for (var t = 0; t < trees.Count; t++)
        {
            var tree = trees[t];
            if (tree.FindFault(featureCount, OutputCount) is { } fault)
            {
                throw new ArgumentException($"Tree {t}: {fault}", nameof(trees));
            }

            (_roots[t], _outputs[t]) = (nodes.Count, tree.Output);
            for (var node = 0; node < tree.Left.Length; node++)
            {
                var isLeaf = tree.Left[node] == -1;
                nodes.Add(isLeaf
                    ? new Node(-1, tree.Threshold[node], 0, 0, 0)
                    : new Node(
                        tree.Feature[node],
                        tree.Threshold[node],
                        _roots[t] + tree.Left[node],
                        _roots[t] + tree.Right[node],
                        _roots[t] + (tree.DefaultLeft[node] ? tree.Left[node] : tree.Right[node])));
            }
        }

        _nodes = [.. nodes];
        Trees = trees;
        _shap = new Lazy<TreeShap>(() => new TreeShap(Trees, FeatureCount, _base));
    }

    /// <summary>Length of a row of features.</summary>
    public int FeatureCount { get; }

    /// <summary>Margins per row: 1, or one per class.</summary>
    public int OutputCount => _base.Length;

    /// <summary>How margins become predictions.</summary>
    public OutputTransform Transform { get; }

    /// <summary>The trees.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>The mean margin over the training rows, per output: what an explanation starts from.</summary>
    public ReadOnlySpan<double> ExpectedMargin => _shap.Value.Expected;

    /// <summary>Sums the trees for one row.</summary>
    /// <param name="row"><see cref="FeatureCount"/> features; missing = NaN.</param>
    /// <param name="margins"><see cref="OutputCount"/> places.</param>
    public void PredictMargin(ReadOnlySpan<float> row, Span<float> margins)
    {
        CheckRow(row, margins.Length, OutputCount);
        _base.CopyTo(margins);
        // Single precision and the order of the trees are part of the model: this sums as the trainer does.
        for (var tree = 0; tree < _roots.Length; tree++)
        {
            margins[_outputs[tree]] += _nodes[Leaf(tree, row)].Threshold;
        }
    }

    /// <summary>Predicts one row: a value, a probability, or a probability per class.</summary>
    /// <param name="row"><see cref="FeatureCount"/> features; missing = NaN.</param>
    /// <param name="scores"><see cref="OutputCount"/> places.</param>
    public void Predict(ReadOnlySpan<float> row, Span<float> scores)
    {
        PredictMargin(row, scores);
        Apply(Transform, scores);
    }

    /// <summary>Predicts many rows, row-major.</summary>
    public void Predict(ReadOnlySpan<float> rows, int count, Span<float> scores)
    {
        for (var row = 0; row < count; row++)
        {
            Predict(rows.Slice(row * FeatureCount, FeatureCount), scores.Slice(row * OutputCount, OutputCount));
        }
    }

    /// <summary>The leaf a row falls into, per tree, as the node's index inside its tree.</summary>
    public void Leaves(ReadOnlySpan<float> row, Span<int> leaves)
    {
        CheckRow(row, leaves.Length, _roots.Length);
        for (var tree = 0; tree < _roots.Length; tree++)
        {
            leaves[tree] = Leaf(tree, row) - _roots[tree];
        }
    }

    /// <summary>
    /// Path-dependent SHAP values (Lundberg et al. 2018) in margin space: with <see cref="ExpectedMargin"/> they sum to the margin.
    /// </summary>
    /// <param name="row"><see cref="FeatureCount"/> features; missing = NaN.</param>
    /// <param name="values"><see cref="OutputCount"/> × <see cref="FeatureCount"/> places, output-major.</param>
    public void Explain(ReadOnlySpan<float> row, Span<double> values)
    {
        CheckRow(row, values.Length, OutputCount * FeatureCount);
        _shap.Value.Explain(row, values);
    }

    private static void Apply(OutputTransform transform, Span<float> values)
    {
        switch (transform)
        {
            case OutputTransform.Logistic:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = 1 / (1 + MathF.Exp(-values[i]));
                }

                break;
            case OutputTransform.Exponential:
                System.Numerics.Tensors.TensorPrimitives.Exp(values, values);
                break;
            case OutputTransform.Hinge:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = values[i] > 0 ? 1 : 0;
                }

                break;
            case OutputTransform.Softmax:
                // Shifting by the largest margin keeps the exponentials finite and leaves the shares unchanged.
                System.Numerics.Tensors.TensorPrimitives.Subtract(values, System.Numerics.Tensors.TensorPrimitives.Max<float>(values), values);
                System.Numerics.Tensors.TensorPrimitives.SoftMax(values, values);
                break;
        }
    }

    private int Leaf(int tree, ReadOnlySpan<float> row)
    {
        var at = _roots[tree];
        while (true)
        {
            ref readonly var node = ref _nodes[at];
            if (node.Feature < 0)
            {
                return at;
            }

            var value = row[node.Feature];
            at = float.IsNaN(value) ? node.Missing : value < node.Threshold ? node.Left : node.Right;
        }
    }

    private void CheckRow(ReadOnlySpan<float> row, int places, int wanted)
    {
        if (row.Length != FeatureCount || places != wanted)
        {
            throw new ArgumentException($"The row has {row.Length} features instead of {FeatureCount}, or {places} places for {wanted} results.");
        }
    }

    // One cache line holds three nodes; a leaf keeps its value in Threshold.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Node(int Feature, float Threshold, int Left, int Right, int Missing);
}
