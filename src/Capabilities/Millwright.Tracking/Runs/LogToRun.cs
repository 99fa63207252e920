using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Tracking.Experiments;

namespace Millwright.Tracking.Runs;

/// <summary>What one call logs.</summary>
/// <param name="Metrics">At most 1000.</param>
/// <param name="Parameters">At most 100; each key once.</param>
/// <param name="Tags">At most 100; the last of a key wins.</param>
public sealed record LogBatch(
    IReadOnlyList<MetricPoint> Metrics, IReadOnlyList<KeyValuePair<string, string>> Parameters, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>Logs metrics, parameters and tags to an active run. A batch is all or nothing.</summary>
public sealed class LogToRun(IRunStore runs)
{
    private const int LongestParameter = 6000;
    private const int LongestTag = 8000;

    /// <summary>Logs one point of a metric. The same point again is stored once.</summary>
    public async Task<Result<RunInfo>> MetricAsync(RunId id, MetricPoint point, CancellationToken ct) =>
        Check(point, "name") is { } problem
            ? problem
            : await runs.ChangeAsync(id, run => Active(run).Map(_ => new RunChange { Metrics = [point] }), ct);

    /// <summary>Logs a parameter. The same value again is fine, another one is a problem. Values beyond 6000 characters are cut.</summary>
    public async Task<Result<RunInfo>> ParameterAsync(RunId id, string key, string value, CancellationToken ct) =>
        CheckKey(key, "key", "Param key") is { } problem
            ? problem
            : await runs.ChangeAsync(
                id,
                run => Active(run).Then(_ => NewParameters(run, [KeyValuePair.Create(key, Cut(value, LongestParameter))])).Map(added => new RunChange { Parameters = added }),
                ct);

    /// <summary>Sets a tag. Values beyond 8000 characters are cut. The tag <c>mlflow.runName</c> renames the run.</summary>
    public async Task<Result<RunInfo>> TagAsync(RunId id, string key, string value, CancellationToken ct) =>
        CheckKey(key, "key", "key") is { } problem
            ? problem
            : await runs.ChangeAsync(id, run => Active(run).Map(info => Tagged(info, [KeyValuePair.Create(key, Cut(value, LongestTag))])), ct);

    /// <summary>Removes a tag; one that is not there is a problem.</summary>
    public Task<Result<RunInfo>> RemoveTagAsync(RunId id, string key, CancellationToken ct) => runs.ChangeAsync(
        id,
        run => Active(run).Then<RunChange>(_ => run.Tag(key) is null
            ? TrackingProblems.UnknownTag(key, $"run with id {id}")
            : new RunChange { RemovedTags = [key] }),
        ct);

    /// <summary>Logs many at once.</summary>
    public async Task<Result<RunInfo>> BatchAsync(RunId id, LogBatch batch, CancellationToken ct) =>
        (CheckLimits(batch) ?? CheckEach(batch)) is { } problem
            ? problem
            : await runs.ChangeAsync(id, run => Active(run).Then(info => Batch(run, info, batch)), ct);

    /// <summary>The facts of a run that may be written to, or the problem.</summary>
    internal static Result<RunInfo> Active(IRunUnderChange run) =>
        run.Info.Lifecycle is Lifecycle.Active ? run.Info : TrackingProblems.RunDeleted(run.Info.Id);

    private static Result<RunChange> Batch(IRunUnderChange run, RunInfo info, LogBatch batch) =>
        NewParameters(run, [.. batch.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, Cut(parameter.Value, LongestParameter)))])
            .Map(added => Tagged(info, [.. batch.Tags.GroupBy(tag => tag.Key, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, Cut(group.Last().Value, LongestTag)))]) with
            {
                Metrics = batch.Metrics,
                Parameters = added,
            });

    private static RunChange Tagged(RunInfo info, IReadOnlyList<KeyValuePair<string, string>> tags) => new()
    {
        Tags = tags,
        Info = tags.FirstOrDefault(tag => tag.Key == StartRun.NameTag).Value is { Length: > 0 } name ? info with { Name = name } : null,
    };

    private static Result<IReadOnlyList<KeyValuePair<string, string>>> NewParameters(IRunUnderChange run, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        var added = new List<KeyValuePair<string, string>>(given.Count);
        foreach (var (key, value) in given)
        {
            if (run.Parameter(key) is not { } old)
            {
                added.Add(KeyValuePair.Create(key, value));
            }
            else if (old != value)
            {
                return new Problem(
                    "parameter.changed",
                    $"Changing param values is not allowed. Param with key='{key}' was already logged with value='{old}' for run ID='{run.Info.Id}'. Attempted logging new value '{value}'.",
                    "Log another parameter, or start another run.");
            }
        }

        return added;
    }

    private static Problem? Check(MetricPoint point, string field) =>
        point.Timestamp < 0 ? TrackingProblems.OutOfRange("timestamp", point.Timestamp, $"a nonnegative number of milliseconds (metric '{point.Key}')") : CheckKey(point.Key, field, "Metric name");

    private static Problem? CheckKey(string key, string field, string what) =>
        key.Length == 0 ? TrackingProblems.Missing(field) : KeyRule.Longest(key, what, 250) ?? KeyRule.Check(key, field);

    private static Problem? CheckLimits(LogBatch batch)
    {
        (string Kind, int Count, int Most)[] limits =
        [
            ("metrics", batch.Metrics.Count, 1000), ("params", batch.Parameters.Count, 100), ("tags", batch.Tags.Count, 100),
            ("metrics, params, and tags", batch.Metrics.Count + batch.Parameters.Count + batch.Tags.Count, 1000),
        ];
        foreach (var (kind, count, most) in limits)
        {
            if (count > most)
            {
                return new Problem(
                    "batch.large",
                    $"A batch logging request can contain at most {most} {kind}. Got {count} {kind}. Please split up {kind} across multiple requests and try again.",
                    "Split the batch.");
            }
        }

        return batch.Parameters.GroupBy(parameter => parameter.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? new Problem("batch.twice", $"Duplicate parameter keys have been submitted: ['{twice.Key}']. Please ensure the request contains only one param value per param key.", "Give each parameter once.")
            : null;
    }

    private static Problem? CheckEach(LogBatch batch) =>
        batch.Metrics.Select((point, index) => Check(point, $"metrics[{index}].name"))
            .Concat(batch.Parameters.Select((parameter, index) => CheckKey(parameter.Key, $"params[{index}].key", $"params[{index}].key")))
            .Concat(batch.Tags.Select((tag, index) => CheckKey(tag.Key, $"tags[{index}].key", $"tags[{index}].key")))
            .FirstOrDefault(problem => problem is not null);

    private static string Cut(string value, int longest) => value.Length <= longest ? value : value[..longest];
}
