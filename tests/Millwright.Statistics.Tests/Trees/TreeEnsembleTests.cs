using Millwright.Statistics.Trees;

namespace Millwright.Statistics.Tests.Trees;

public sealed class TreeEnsembleTests
{
    [Fact]
    public void Explain_RandomTrees_AreShapleyValuesOfTheConditionalExpectation()
    {
        var random = new Random(17);
        for (var trial = 0; trial < 40; trial++)
        {
            const int Features = 4;
            var tree = Grow(random, Features, depth: 5);
            var ensemble = new TreeEnsemble(Features, [0f], OutputTransform.Identity, [tree]);
            float[] row = [.. Enumerable.Range(0, Features).Select(_ => (float)random.NextDouble())];
            var values = new double[Features];

            ensemble.Explain(row, values);

            for (var feature = 0; feature < Features; feature++)
            {
                values[feature].ShouldBe(Shapley(tree, row, Features, feature), 1e-6);
            }
        }
    }

    [Fact]
    public void Explain_BranchThatNoTrainingRowReached_StaysFiniteAndAdditive()
    {
        // The right branch has no cover and splits on the same feature again.
        var tree = new Tree
        {
            Left = [1, -1, 3, -1, -1],
            Right = [2, -1, 4, -1, -1],
            Feature = [0, 0, 0, 0, 0],
            Threshold = [0.5f, 1, 0.7f, 5, 9],
            DefaultLeft = [true, true, true, true, true],
            Cover = [10, 10, 0, 0, 0],
        };
        var ensemble = new TreeEnsemble(1, [0f], OutputTransform.Identity, [tree]);
        foreach (var value in new[] { 0.1f, 0.6f, 0.9f, float.NaN })
        {
            var (shap, margin) = (new double[1], new float[1]);
            ensemble.Explain([value], shap);
            ensemble.PredictMargin([value], margin);
            (ensemble.ExpectedMargin[0] + shap[0]).ShouldBe(margin[0], 1e-9);
        }
    }

    [Fact]
    public void Predict_FromManyThreads_GivesOneAnswer()
    {
        var random = new Random(2);
        var ensemble = new TreeEnsemble(3, [0.1f], OutputTransform.Logistic, [.. Enumerable.Range(0, 20).Select(_ => Grow(random, 3, 4))]);
        float[] row = [0.3f, float.NaN, 0.9f];
        var one = new float[1];
        ensemble.Predict(row, one);

        Parallel.For(0, 200, _ =>
        {
            var (score, shap) = (new float[1], new double[3]);
            ensemble.Predict(row, score);
            ensemble.Explain(row, shap);
            score[0].ShouldBe(one[0]);
        });
    }

    [Fact]
    public void Predict_RowOfAnotherWidth_IsRefused() =>
        Should.Throw<ArgumentException>(() => new TreeEnsemble(3, [0f], OutputTransform.Identity, []).PredictMargin([1f, 2f], new float[1]));

    private static Tree Grow(Random random, int features, int depth)
    {
        var (left, right, feature, threshold, cover) = (new List<int>(), new List<int>(), new List<int>(), new List<float>(), new List<float>());
        int Add(int level, float weight)
        {
            var node = left.Count;
            var isLeaf = level == depth || (level > 0 && random.Next(4) == 0);
            (int, int) children = (-1, -1);
            left.Add(-1);
            right.Add(-1);
            feature.Add(random.Next(features));
            threshold.Add((float)random.NextDouble());
            cover.Add(weight);
            if (!isLeaf)
            {
                var share = (float)(0.1 + 0.8 * random.NextDouble());
                children = (Add(level + 1, weight * share), Add(level + 1, weight * (1 - share)));
            }

            (left[node], right[node]) = children;
            return node;
        }

        Add(0, 100);
        return new Tree
        {
            Left = [.. left],
            Right = [.. right],
            Feature = [.. feature],
            Threshold = [.. threshold],
            DefaultLeft = [.. left.Select(node => node % 2 == 0)],
            Cover = [.. cover],
        };
    }

    private static double Shapley(Tree tree, float[] row, int features, int feature)
    {
        var sum = 0.0;
        for (var set = 0; set < 1 << features; set++)
        {
            if ((set >> feature & 1) == 0)
            {
                var size = System.Numerics.BitOperations.PopCount((uint)set);
                var weight = Factorial(size) * Factorial(features - size - 1) / Factorial(features);
                sum += weight * (Expectation(tree, 0, row, set | 1 << feature) - Expectation(tree, 0, row, set));
            }
        }

        return sum;
    }

    private static double Expectation(Tree tree, int node, float[] row, int known)
    {
        if (tree.Left[node] == -1)
        {
            return tree.Threshold[node];
        }

        var (left, right) = (tree.Left[node], tree.Right[node]);
        if ((known >> tree.Feature[node] & 1) == 1)
        {
            return Expectation(tree, row[tree.Feature[node]] < tree.Threshold[node] ? left : right, row, known);
        }

        double total = tree.Cover[left] + tree.Cover[right];
        return (Expectation(tree, left, row, known) * tree.Cover[left] + Expectation(tree, right, row, known) * tree.Cover[right]) / total;
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
}
