using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Millwright.Web.Tests;

/// <summary>Runs that a notebook logs with MLflow's protocol: two that ended and one that goes on.</summary>
public static class ClientSeeds
{
    /// <summary>The experiment they belong to.</summary>
    public const string Experiment = "churn-notebook";

    /// <summary>Writes them.</summary>
    public static async Task WriteAsync(RunningProject project)
    {
        var experiment = (await CallAsync(project, "experiments/create", new { name = Experiment })).GetProperty("experiment_id").GetString()!;
        var start = TimeProvider.System.GetUtcNow().AddHours(-3);
        project.Known["client"] = await RunAsync(project, experiment, "deeper trees", start, depth: 8, gain: 0.03);
        project.Known["clientLesser"] = await RunAsync(project, experiment, "baseline", start.AddHours(1), depth: 4, gain: 0);
        foreach (var (run, end) in new[] { ("client", start.AddMinutes(7)), ("clientLesser", start.AddHours(1).AddMinutes(4)) })
        {
            await CallAsync(project, "runs/update", new { run_id = project.Known[run], status = "FINISHED", end_time = end.ToUnixTimeMilliseconds() });
        }

        project.Known["clientLive"] = await RunAsync(project, experiment, "still learning", TimeProvider.System.GetUtcNow().AddMinutes(-2), depth: 6, gain: 0.01);
        await UploadAsync(project, experiment, project.Known["client"], "model/model.json", "{\"learner\":{}}");
        await UploadAsync(project, experiment, project.Known["client"], "notes.txt", "Deeper trees win on recall.\n");
    }

    /// <summary>Calls MLflow's API.</summary>
    public static async Task<JsonElement> CallAsync(RunningProject project, string call, object body)
    {
        using var answer = await project.Http.PostAsJsonAsync($"/api/2.0/mlflow/{call}", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Logs one point of a metric.</summary>
    public static Task LogAsync(RunningProject project, string run, string metric, double value, int step) =>
        CallAsync(project, "runs/log-metric", new { run_id = run, key = metric, value, step, timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() });

    private static async Task<string> RunAsync(RunningProject project, string experiment, string name, DateTimeOffset start, int depth, double gain)
    {
        var at = start.ToUnixTimeMilliseconds();
        var tags = new[]
        {
            new { key = "mlflow.source.name", value = "churn.ipynb" }, new { key = "mlflow.source.type", value = "NOTEBOOK" },
            new { key = "mlflow.source.git.commit", value = "9fceb02d0ae598e95dc970b74767f19372d61af8" }, new { key = "team", value = "retention" },
        };
        var created = await CallAsync(project, "runs/create", new { experiment_id = experiment, run_name = name, user_id = "lin", start_time = at, tags });
        var id = created.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
        var metrics = Enumerable.Range(0, 20).SelectMany(step => new[]
        {
            new { key = "val_auc", value = 0.82 + gain - 0.12 / (step + 1), timestamp = at + 1000 * step, step },
            new { key = "train_loss", value = 0.38 - gain + 0.3 / (step + 1), timestamp = at + 1000 * step, step },
            new { key = "learning_rate", value = 0.1 / (1 + step / 10), timestamp = at + 1000 * step, step },
        });
        var parameters = new[]
        {
            new { key = "max_depth", value = depth.ToString(CultureInfo.InvariantCulture) }, new { key = "booster", value = "gbtree" }, new { key = "subsample", value = "0.8" },
        };
        await CallAsync(project, "runs/log-batch", new { run_id = id, metrics, @params = parameters });
        return id;
    }

    private static async Task UploadAsync(RunningProject project, string experiment, string run, string path, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/octet-stream");
        using var answer = await project.Http.PutAsync($"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/{path}", content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
