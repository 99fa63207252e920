using System.Collections.Immutable;
using System.Text.Json;
using Millwright.Abstractions.Results;
using Millwright.Server.Mlflow;
using Millwright.Tracking;
using Millwright.Tracking.Datasets;
using Millwright.Tracking.Runs;

namespace Millwright.Server.Tracking;

/// <summary>MLflow's calls that log to a run.</summary>
internal sealed class LogCalls(IRunStore runs, LogToRun log, LogDatasets datasets) : IMlflowCalls
{
    private const string ModelHistoryTag = "mlflow.log-model.history";

    public IEnumerable<MlflowCall> Calls =>
    [
        new("POST", "runs/log-metric", MetricAsync),
        new("POST", "runs/log-parameter", ParameterAsync),
        new("POST", "runs/log-batch", BatchAsync),
        new("POST", "runs/set-tag", SetTagAsync),
        new("POST", "runs/delete-tag", DeleteTagAsync),
        new("POST", "runs/log-inputs", InputsAsync),
        new("POST", "runs/outputs", OutputsAsync),
        new("POST", "runs/log-model", ModelAsync),
    ];

    private static async Task<MlflowAnswer> AnswerAsync(MlflowRequest request, Func<Task<Result<RunInfo>>> run) =>
        request.Problem is { } problem ? problem : MlflowAnswer.Of(await run());

    private Task<MlflowAnswer> MetricAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, point) = (request.RunId(), Point(request));
        return AnswerAsync(request, () => log.MetricAsync(new RunId(id), point, ct));
    }

    private static MetricPoint Point(MlflowRequest request) => new(
        request.Required("key"), request.Number("value", required: true) ?? 0, request.Integer("timestamp", required: true) ?? 0, request.Integer("step") ?? 0);

    private Task<MlflowAnswer> ParameterAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, key, value) = (request.RunId(), request.Required("key"), request.Text("value") ?? "");
        return AnswerAsync(request, () => log.ParameterAsync(new RunId(id), key, value, ct));
    }

    private Task<MlflowAnswer> SetTagAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, key, value) = (request.RunId(), request.Required("key"), request.Text("value") ?? "");
        return AnswerAsync(request, () => log.TagAsync(new RunId(id), key, value, ct));
    }

    private Task<MlflowAnswer> DeleteTagAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, key) = (request.Required("run_id"), request.Required("key"));
        return AnswerAsync(request, () => log.RemoveTagAsync(new RunId(id), key, ct));
    }

    private Task<MlflowAnswer> BatchAsync(MlflowRequest request, CancellationToken ct)
    {
        var id = request.RunId();
        var batch = new LogBatch(request.Objects("metrics", (metric, _) => Point(metric)), Pairs(request, "params"), Pairs(request, "tags"));
        return AnswerAsync(request, () => log.BatchAsync(new RunId(id), batch, ct));
    }

    private static List<KeyValuePair<string, string>> Pairs(MlflowRequest request, string field) =>
        request.Objects(field, (pair, _) => KeyValuePair.Create(pair.Required("key"), pair.Text("value") ?? ""));

    private Task<MlflowAnswer> InputsAsync(MlflowRequest request, CancellationToken ct)
    {
        var id = request.Required("run_id");
        var inputs = request.Objects("datasets", (input, _) =>
        {
            var tags = Pairs(input, "tags").GroupBy(tag => tag.Key, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
            return (input.Nested("dataset", (dataset, _) => Dataset(dataset)) ?? Unnamed) with { Tags = tags };
        });
        return AnswerAsync(request, () => datasets.InputsAsync(new RunId(id), inputs, ct));
    }

    private static DatasetInput Unnamed { get; } = new("", "", "", "", null, null, ImmutableSortedDictionary<string, string>.Empty);

    private static DatasetInput Dataset(MlflowRequest dataset) => Unnamed with
    {
        Name = dataset.Text("name") ?? "",
        Digest = dataset.Text("digest") ?? "",
        SourceType = dataset.Text("source_type") ?? "",
        Source = dataset.Text("source") ?? "",
        Schema = dataset.Text("schema"),
        Profile = dataset.Text("profile"),
    };

    private Task<MlflowAnswer> OutputsAsync(MlflowRequest request, CancellationToken ct)
    {
        var id = request.Required("run_id");
        var models = request.Objects("models", (model, _) => new ModelOutput(model.Required("model_id"), model.Integer("step") ?? 0));
        return AnswerAsync(request, () => datasets.OutputsAsync(new RunId(id), models, ct));
    }

    // Clients before 3.0 note a model that they uploaded; it is kept as they keep it, in a tag that lists all of a run's models.
    private Task<MlflowAnswer> ModelAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, text) = (request.Required("run_id"), request.Text("model_json") ?? "");
        var entry = request.Problem is null ? ModelEntry(request, text) : "";
        return AnswerAsync(request, () =>
        {
            var known = runs.Find(new RunId(id))?.Tags.GetValueOrDefault(ModelHistoryTag);
            var all = known is { Length: > 2 } ? $"{known[..^1]}, {entry}]" : $"[{entry}]";
            return log.TagAsync(new RunId(id), ModelHistoryTag, all, ct);
        });
    }

    private static string ModelEntry(MlflowRequest request, string text)
    {
        try
        {
            using var model = JsonDocument.Parse(text);
            string[] needed = ["run_id", "artifact_path", "utc_time_created", "flavors"];
            if (model.RootElement.ValueKind is JsonValueKind.Object && Array.TrueForAll(needed, field => model.RootElement.TryGetProperty(field, out _)))
            {
                return PythonJson.Write(model.RootElement, ["run_id", "artifact_path", "utc_time_created", "model_uuid", "flavors"]);
            }

            request.Note(new Problem("model.fields", $"Model json is missing mandatory fields: {string.Join(", ", needed)}", "Give all of them."));
        }
        catch (JsonException)
        {
            request.Note(new Problem("model.json", $"Malformed model info. \n {text} \n is not a valid JSON.", "Send the model as JSON text."));
        }

        return "";
    }
}
