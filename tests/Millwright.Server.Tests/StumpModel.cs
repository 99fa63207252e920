using Millwright.Abstractions.Models;

namespace Millwright.Server.Tests;

/// <summary>The model folder of a stump: <c>tenure &lt; 10</c> → leaf −1, else leaf 2; it takes <c>tenure</c> and <c>plan</c> (a or b).</summary>
internal static class StumpModel
{
    /// <summary>Writes the folder and returns its path.</summary>
    public static async Task<string> WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Encoding), """
            {"format": "millwright.encoding/1", "columns": [
              {"name": "tenure", "type": "long", "required": true, "missing": "nan"},
              {"name": "plan", "type": "string", "required": true, "categories": ["a", "b"]}]}
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Signature), """{"inputs": [], "outputs": [], "classes": ["No", "Yes"]}""");
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.XGBoost), """
            {"learner": {"attributes": {}, "feature_names": [], "feature_types": [],
              "gradient_booster": {"model": {"gbtree_model_param": {"num_parallel_tree": "1", "num_trees": "1", "size_leaf_vector": "0"}, "tree_info": [0], "trees": [
                {"base_weights": [0, -1, 2], "categories": [], "categories_nodes": [], "categories_segments": [], "categories_sizes": [],
                 "default_left": [1, 0, 0], "id": 0, "left_children": [1, -1, -1], "right_children": [2, -1, -1], "parents": [2147483647, 0, 0],
                 "loss_changes": [1, 0, 0], "split_conditions": [10, -1, 2], "split_indices": [0, 0, 0], "split_type": [0, 0, 0], "sum_hessian": [3, 1, 2],
                 "tree_param": {"num_deleted": "0", "num_feature": "3", "num_nodes": "3", "size_leaf_vector": "0"}}]}, "name": "gbtree"},
              "learner_model_param": {"base_score": "5E-1", "boost_from_average": "1", "num_class": "0", "num_feature": "3", "num_target": "1"},
              "objective": {"name": "binary:logistic", "reg_loss_param": {"scale_pos_weight": "1"}}}, "version": [1, 7, 4]}
            """);
        return folder;
    }
}
