using Millwright.Statistics.Trees;
using Millwright.Testing;
using Millwright.Testing.Stats;
using Millwright.XGBoost.Model;

namespace Millwright.XGBoost.Tests.Model;

/// <summary>The cases about explanations of models.</summary>
[Trait("Golden", "stats")]
public sealed class TreeGoldenTests
{
    private static readonly Dictionary<string, Func<TreeEnsemble, float[][], object?>> Kinds = new()
    {
        ["xgboost_predict"] = Predict,
        ["treeshap_path_dependent"] = Shap,
        ["shap_summary"] = Summary,
    };

    public static TheoryData<string, string> Cases() => new(StatsCase.Discover(topic => topic == "explain"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_OfATool_GivesItsValues(string file, string name)
    {
        var golden = StatsCase.Get(file, name);
        if (golden.IsPending())
        {
            Assert.Skip($"pending: {golden.Kind}");
        }

        Kinds.ShouldContainKey(golden.Kind, $"the kind '{golden.Kind}' is neither supported nor listed in pending.md");
        var trees = XGBoostJson.Read(Path.Combine(Golden.Area("stats"), golden.Inputs.GetProperty("model").GetString()!)).Value;
        var rows = golden.Inputs.GetProperty("X").EnumerateArray().Select(row => StatsColumn.Read(row).Numbers.Select(value => (float)value).ToArray()).ToArray();
        StatsComparison.Differences(golden, Kinds[golden.Kind](trees, rows)).ShouldBeEmpty();
    }

    private static object Predict(TreeEnsemble trees, float[][] rows) => new Dictionary<string, object?>
    {
        ["margin"] = rows.Select(row => PerOutput(trees, margins => trees.PredictMargin(row, margins))),
        ["prediction"] = rows.Select(row => PerOutput(trees, scores => trees.Predict(row, scores))),
        ["leaf"] = rows.Select(row =>
        {
            var leaves = new int[trees.Trees.Count];
            trees.Leaves(row, leaves);
            return leaves.Length == 1 ? leaves[0] : (object)leaves;
        }),
    };

    private static object Shap(TreeEnsemble trees, float[][] rows) => new Dictionary<string, object?>
    {
        ["values"] = rows.Select(row => Values(trees, row) is { Length: 1 } one ? one[0] : (object)Values(trees, row)),
        ["base"] = trees.OutputCount == 1 ? trees.ExpectedMargin[0] : trees.ExpectedMargin.ToArray(),
        ["margin"] = rows.Select(row => PerOutput(trees, margins => trees.PredictMargin(row, margins))),
    };

    private static object Summary(TreeEnsemble trees, float[][] rows)
    {
        var explained = rows.Select(row => Values(trees, row)).ToArray();
        var mean = Enumerable.Range(0, trees.FeatureCount).Select(feature => Enumerable.Range(0, trees.OutputCount).Sum(output => explained.Average(row => Math.Abs(row[output][feature])))).ToArray();
        return new Dictionary<string, object?>
        {
            ["mean_abs"] = mean,
            ["order"] = Enumerable.Range(0, mean.Length).OrderByDescending(feature => mean[feature]),
        };
    }

    private static double[][] Values(TreeEnsemble trees, float[] row)
    {
        var values = new double[trees.OutputCount * trees.FeatureCount];
        trees.Explain(row, values);
        return [.. values.Chunk(trees.FeatureCount)];
    }

    private static object PerOutput(TreeEnsemble trees, Action<float[]> fill)
    {
        var results = new float[trees.OutputCount];
        fill(results);
        return results.Length == 1 ? results[0] : results;
    }
}
