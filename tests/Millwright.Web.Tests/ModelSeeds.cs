using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Client.Registry;
using Millwright.Monitoring.Profile;

namespace Millwright.Web.Tests;

/// <summary>Model versions with everything that speaks for and against them.</summary>
public static class ModelSeeds
{
    private const string Gate = """
        {"verdict":"pass","rules":{"metric":"roc_auc","threshold":0.8},"n":2113,"checks":[
          {"name":"samples","verdict":"pass","reason":"2113 rows, 100 asked for."},
          {"name":"threshold","verdict":"pass","reason":"ROC AUC 0.846 [0.828, 0.864] reaches 0.8."},
          {"name":"champion","verdict":"inconclusive","reason":"The difference 0.002 [-0.004, 0.008] has zero inside."}]}
        """;

    private const string Fairness = """
        {"verdict":"inconclusive","n":2113,"features":[{"feature":"gender","verdict":"pass",
          "demographic_parity_difference":{"verdict":"pass","value":0.012,"low":0.0,"high":0.05,"limit":0.1},
          "equalized_odds_difference":{"verdict":"inconclusive","value":0.08,"low":0.01,"high":0.15,"limit":0.1},
          "groups":[{"group":"Female","n":1040,"selection_rate":{"value":0.22,"low":0.2,"high":0.25},"true_positive_rate":{"value":0.53,"low":0.47,"high":0.59},"false_positive_rate":{"value":0.11,"low":0.09,"high":0.13}},
                    {"group":"Male","n":1073,"selection_rate":{"value":0.21,"low":0.19,"high":0.24},"true_positive_rate":{"value":0.5,"low":0.44,"high":0.56},"false_positive_rate":{"value":0.1,"low":0.08,"high":0.12}}],
          "warnings":["The interval of equalized odds reaches over the limit: more rows would decide."]}]}
        """;

    private const string Explanation = """
        {"rows":500,"features":[{"feature":"Contract=Month-to-month","mean_abs_shap":0.71},{"feature":"tenure","mean_abs_shap":0.55},
          {"feature":"MonthlyCharges","mean_abs_shap":0.31},{"feature":"InternetService=Fiber optic","mean_abs_shap":0.24},{"feature":"TotalCharges","mean_abs_shap":0.2}]}
        """;

    private const string Signature = """
        {"inputs":[{"name":"tenure","type":"long","required":true},{"name":"MonthlyCharges","type":"double","required":true},{"name":"Contract","type":"string","required":false}],
         "outputs":[{"name":"score","type":"double","required":true}]}
        """;

    /// <summary>Version 1 approved and in production, version 2 waiting for somebody's word; both registered by ada.</summary>
    public static async Task WriteAsync(RunningProject project)
    {
        var profile = await ProfileAsync(project);
        for (var version = 1; version <= 2; version++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(project.Root, $"model-{version}")).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Gate), Gate);
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Fairness), Fairness);
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Explanation), Explanation);
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Signature), Signature);
            await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.Profile), profile);
            await File.WriteAllTextAsync(Path.Combine(folder, "version.txt"), $"{version}");
            var artifact = await project.Services.GetRequiredService<IContentStore>().PutAsync(folder, CancellationToken.None);
            var registered = await project.Services.GetRequiredService<IModelCatalog>().RegisterAsync(
                new NewModelVersion("churn", artifact, new Actor("ada"))
                {
                    RunId = project.Known["run"],
                    Commit = "9fceb02d0ae598e95dc970b74767f19372d61af8",
                    Metrics = new Dictionary<string, double> { ["roc_auc"] = 0.844 + 0.002 * version, ["log_loss"] = 0.417, ["f1"] = 0.581 },
                    Parameters = new Dictionary<string, string> { ["rounds"] = "80", ["max_depth"] = "4", ["eta"] = "0.1" },
                    Tags = new Dictionary<string, string> { ["gate"] = "pass", ["note"] = Seeds.Hostile },
                },
                CancellationToken.None);
            registered.TryGet(out _, out var problem).ShouldBeTrue(problem?.ToString());
        }

        using var grace = project.ActAs("grace");
        await grace.Models.ApproveAsync("churn", 1, "Reviewed the fairness report.", CancellationToken.None);
        await grace.Models.PromoteAsync("churn", 1, "production", "First version.", CancellationToken.None);
        await grace.Models.SetAliasAsync("churn", 1, "champion", CancellationToken.None);
    }

    private static async Task<string> ProfileAsync(RunningProject project)
    {
        var random = new Random(7);
        var file = Path.Combine(project.Root, "train.csv");
        await File.WriteAllLinesAsync(file, ["tenure,MonthlyCharges,Contract", .. Enumerable.Range(0, 4000).Select(_ => string.Join(',', LiveSeeds.Row(random, shifted: false)))]);
        var profile = await project.Services.GetRequiredService<ProfileTable>().RunAsync(file, CancellationToken.None);
        profile.TryGet(out var columns, out var problem).ShouldBeTrue(problem?.ToString());
        return ProfileText.Write(columns!);
    }
}
