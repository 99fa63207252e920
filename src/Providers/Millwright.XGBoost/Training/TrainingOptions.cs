using System.Globalization;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Steps;

namespace Millwright.XGBoost.Training;

/// <summary>How to train, in XGBoost's words.</summary>
/// <param name="Rounds">Trees to add.</param>
/// <param name="EarlyStopping">Rounds without a better validation metric after which training stops; 0 = never.</param>
/// <param name="Booster">Parameters of the library.</param>
/// <param name="Metrics">Metrics per round; the last decides about early stopping.</param>
internal sealed record TrainingOptions(int Rounds, int EarlyStopping, IReadOnlyDictionary<string, string> Booster, IReadOnlyList<string> Metrics)
{
    internal static IReadOnlyList<StepParameter> Parameters { get; } =
    [
        new("label", "Column to learn; empty = the encoding's label.", ""),
        new("rounds", "Number of boosting rounds, 1 to 100000.", 100),
        new("max_depth", "Depth of a tree, 1 to 64.", 6),
        new("eta", "Learning rate, above 0 up to 1.", 0.3),
        new("subsample", "Share of rows per round, above 0 up to 1.", 1.0),
        new("colsample_bytree", "Share of features per tree, above 0 up to 1.", 1.0),
        new("min_child_weight", "Smallest sum of hessians in a leaf, from 0.", 1.0),
        new("gamma", "Smallest loss reduction of a split, from 0.", 0.0),
        new("lambda", "L2 penalty of leaf weights, from 0.", 1.0),
        new("alpha", "L1 penalty of leaf weights, from 0.", 0.0),
        new("scale_pos_weight", "Weight of positive rows, above 0.", 1.0),
        new("max_bin", "Histogram bins per feature, 2 to 65536.", 256),
        new("seed", "Any whole number from 0.", 0),
        new("nthread", "Threads; 0 = all processors.", 0),
        new("early_stopping", "Rounds without a better validation metric before stopping; 0 = never.", 0),
        new("objective", "XGBoost's name; empty = binary:logistic for two classes, reg:squarederror for a quantity.", ""),
        new("eval_metric", "XGBoost's names; the last decides about early stopping. Empty = logloss, auc or rmse.", new System.Text.Json.Nodes.JsonArray()),
    ];

    internal static TrainingOptions Read(ParameterReader read, ModelSignature signature)
    {
        var isBinary = signature.Classes.Length == 2;
        var objective = read.Text("objective") is { Length: > 0 } given ? given : isBinary ? "binary:logistic" : "reg:squarederror";
        var metrics = read.Texts("eval_metric") is { Count: > 0 } chosen ? chosen : isBinary ? ["logloss", "auc"] : ["rmse"];
        const double Above = double.Epsilon;
        var booster = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["objective"] = objective,
            ["tree_method"] = "hist",
            ["max_depth"] = Text(read.Integer("max_depth", 1, 64)),
            ["eta"] = Text(read.Number("eta", Above, 1)),
            ["subsample"] = Text(read.Number("subsample", Above, 1)),
            ["colsample_bytree"] = Text(read.Number("colsample_bytree", Above, 1)),
            ["min_child_weight"] = Text(read.Number("min_child_weight", 0)),
            ["gamma"] = Text(read.Number("gamma", 0)),
            ["lambda"] = Text(read.Number("lambda", 0)),
            ["alpha"] = Text(read.Number("alpha", 0)),
            ["scale_pos_weight"] = Text(read.Number("scale_pos_weight", Above)),
            ["max_bin"] = Text(read.Integer("max_bin", 2, 65_536)),
            ["seed"] = Text(read.Integer("seed", 0)),
        };
        if (read.Integer("nthread", 0, 1024) is > 0 and var threads)
        {
            booster["nthread"] = Text(threads);
        }

        return new TrainingOptions(read.Integer("rounds", 1, 100_000), read.Integer("early_stopping", 0), booster, metrics);
    }

    /// <summary>Whether a larger value of a metric is better.</summary>
    internal static bool IsMaximised(string metric) => metric.Split('@')[0] is "auc" or "aucpr" or "map" or "ndcg" or "pre";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
