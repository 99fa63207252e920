using System.Globalization;
using System.Text;
using Millwright.Abstractions.Models;

namespace Millwright.Bench.Serving;

/// <summary>A model folder of the size of a real churn model: 19 raw columns, 45 features, 100 trees of depth 6 with seeded splits.</summary>
internal static class ChurnModel
{
    private const int Trees = 100;
    private const int Depth = 6;
    private static readonly string[] Numbers = ["tenure", "MonthlyCharges", "TotalCharges"];
    private static readonly string[] Texts = [.. Enumerable.Range(0, 16).Select(index => $"text{index}")];
    private static readonly string[] Categories = ["No", "Yes", "a rather long category"];

    /// <summary>A request of one row in the Open Inference Protocol.</summary>
    public static string Row { get; } = "{\"id\": \"r\", \"inputs\": ["
        + string.Join(", ", Numbers.Select(name => $"{{\"name\": \"{name}\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [29.85]}}")
            .Concat(Texts.Select(name => $"{{\"name\": \"{name}\", \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [\"Yes\"]}}"))) + "]}";

    public static void Write(string folder)
    {
        var columns = Numbers.Select(name => $"{{\"name\": \"{name}\", \"type\": \"double\", \"required\": false, \"missing\": \"nan\"}}")
            .Concat(Texts.Select(name => $"{{\"name\": \"{name}\", \"type\": \"string\", \"required\": true, \"categories\": [\"{string.Join("\", \"", Categories)}\"]}}"));
        File.WriteAllText(Path.Combine(folder, ModelFiles.Encoding), $"{{\"format\": \"millwright.encoding/1\", \"columns\": [{string.Join(", ", columns)}]}}");
        File.WriteAllText(Path.Combine(folder, ModelFiles.Signature), """{"inputs": [], "outputs": [], "classes": ["No", "Yes"]}""");
        File.WriteAllText(Path.Combine(folder, ModelFiles.XGBoost), Forest(Numbers.Length + (Texts.Length * Categories.Length)));
    }

    private static string Forest(int features)
    {
        var random = new Random(1);
        var trees = string.Join(",\n", Enumerable.Range(0, Trees).Select(_ => Tree(random, features)));
        return $$"""
            {"learner": {"attributes": {}, "feature_names": [], "feature_types": [], "gradient_booster": {"name": "gbtree", "model": {
              "gbtree_model_param": {"num_parallel_tree": "1", "num_trees": "{{Trees}}", "size_leaf_vector": "0"},
              "tree_info": [{{string.Join(",", Enumerable.Repeat("0", Trees))}}], "trees": [{{trees}}] } },
              "learner_model_param": {"base_score": "5E-1", "boost_from_average": "1", "num_class": "0", "num_feature": "{{features}}", "num_target": "1" },
              "objective": {"name": "binary:logistic", "reg_loss_param": {"scale_pos_weight": "1" } } }, "version": [1, 7, 4]}
            """;
    }

    private static string Tree(Random random, int features)
    {
        var (nodes, inner) = ((1 << (Depth + 1)) - 1, (1 << Depth) - 1);
        string List(Func<int, double> value) => "[" + string.Join(",", Enumerable.Range(0, nodes).Select(node => value(node).ToString("R", CultureInfo.InvariantCulture))) + "]";
        var text = new StringBuilder("{");
        foreach (var (name, value) in new (string, Func<int, double>)[]
        {
            ("base_weights", _ => 0.01), ("default_left", _ => 1), ("id", node => node), ("loss_changes", _ => 1), ("sum_hessian", _ => 1), ("split_type", _ => 0),
            ("left_children", node => node < inner ? (2 * node) + 1 : -1), ("right_children", node => node < inner ? (2 * node) + 2 : -1),
            ("parents", node => node == 0 ? int.MaxValue : (node - 1) / 2), ("split_indices", node => node < inner ? random.Next(features) : 0),
            ("split_conditions", node => node < inner ? Math.Round(random.NextDouble() * 40, 3) : Math.Round(random.NextDouble() - 0.5, 4) / 10),
        })
        {
            text.Append($"\"{name}\": {List(value)}, ");
        }

        return text + $"\"categories\": [], \"categories_nodes\": [], \"categories_segments\": [], \"categories_sizes\": [], "
            + $"\"tree_param\": {{\"num_deleted\": \"0\", \"num_feature\": \"{features}\", \"num_nodes\": \"{nodes}\", \"size_leaf_vector\": \"0\"}}}}";
    }
}
