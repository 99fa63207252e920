using System.Text.Json;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Server.Tracking;

/// <summary>Experiments and runs as MLflow's protocol writes them: snake_case, empty lists absent, NaN as text, ids as text.</summary>
internal static class MlflowRuns
{
    public static void Experiment(Utf8JsonWriter json, Experiment experiment)
    {
        json.WriteString("experiment_id", experiment.Id.ToString());
        json.WriteString("name", experiment.Name);
        json.WriteString("artifact_location", experiment.ArtifactLocation);
        json.WriteString("lifecycle_stage", Stage(experiment.Lifecycle));
        json.WriteNumber("last_update_time", experiment.UpdatedAt);
        json.WriteNumber("creation_time", experiment.CreatedAt);
        Pairs(json, "tags", experiment.Tags);
    }

    public static void Info(Utf8JsonWriter json, RunInfo info)
    {
        json.WriteString("run_uuid", info.Id.Value);
        json.WriteString("experiment_id", info.Experiment.ToString());
        json.WriteString("run_name", info.Name);
        json.WriteString("user_id", info.User);
        json.WriteString("status", info.Status.ToString().ToUpperInvariant());
        json.WriteNumber("start_time", info.StartTime);
        if (info.EndTime is { } end)
        {
            json.WriteNumber("end_time", end);
        }

        json.WriteString("artifact_uri", info.ArtifactUri);
        json.WriteString("lifecycle_stage", Stage(info.Lifecycle));
        json.WriteString("run_id", info.Id.Value);
    }

    /// <param name="json">Writer.</param>
    /// <param name="run">Run.</param>
    /// <param name="withOutputs">False for a run that was only just created.</param>
    public static void Run(Utf8JsonWriter json, Run run, bool withOutputs = true)
    {
        json.WriteStartObject("info");
        Info(json, run.Info);
        json.WriteEndObject();
        json.WriteStartObject("data");
        List(json, "metrics", run.Metrics, point => Point(json, point));
        Pairs(json, "params", run.Parameters);
        Pairs(json, "tags", run.Tags);
        json.WriteEndObject();
        json.WriteStartObject("inputs");
        List(json, "dataset_inputs", run.Datasets, input => Dataset(json, input));
        json.WriteEndObject();
        if (withOutputs)
        {
            json.WriteStartObject("outputs");
            List(json, "model_outputs", run.Models, model =>
            {
                json.WriteString("model_id", model.ModelId);
                json.WriteNumber("step", model.Step);
            });
            json.WriteEndObject();
        }
    }

    public static void Point(Utf8JsonWriter json, MetricPoint point)
    {
        json.WriteString("key", point.Key);
        if (double.IsNaN(point.Value))
        {
            json.WriteString("value", "NaN");
        }
        else
        {
            json.WriteNumber("value", point.Value);
        }

        json.WriteNumber("timestamp", point.Timestamp);
        json.WriteNumber("step", point.Step);
    }

    public static void Pairs(Utf8JsonWriter json, string name, IReadOnlyCollection<KeyValuePair<string, string>> pairs) => List(json, name, pairs, pair =>
    {
        json.WriteString("key", pair.Key);
        json.WriteString("value", pair.Value);
    });

    /// <summary>A list of objects; nothing when it is empty.</summary>
    public static void List<T>(Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The token of the next page, if there is one.</summary>
    public static void Next(Utf8JsonWriter json, string? token)
    {
        if (token is not null)
        {
            json.WriteString("next_page_token", token);
        }
    }

    private static string Stage(Lifecycle lifecycle) => lifecycle is Lifecycle.Active ? "active" : "deleted";

    private static void Dataset(Utf8JsonWriter json, DatasetInput input)
    {
        Pairs(json, "tags", input.Tags);
        json.WriteStartObject("dataset");
        json.WriteString("name", input.Name);
        json.WriteString("digest", input.Digest);
        json.WriteString("source_type", input.SourceType);
        json.WriteString("source", input.Source);
        if (input.Schema is not null)
        {
            json.WriteString("schema", input.Schema);
        }

        if (input.Profile is not null)
        {
            json.WriteString("profile", input.Profile);
        }

        json.WriteEndObject();
    }
}
