using Millwright.Abstractions.Results;
using Millwright.Server.Mlflow;
using Millwright.Tracking.Metrics;
using Millwright.Tracking.Runs;

namespace Millwright.Server.Tracking;

/// <summary>MLflow's calls that read how metrics went.</summary>
internal sealed class MetricCalls(ReadHistory history) : IMlflowCalls
{
    private const int MostBulk = 25_000;
    private const int MostSampled = 2500;

    public IEnumerable<MlflowCall> Calls =>
    [
        new("GET", "metrics/get-history", (request, _) => Task.FromResult(History(request))),
        new("GET", "metrics/get-history-bulk", (request, _) => Task.FromResult(Bulk(request))) { Prefix = MlflowPrefix.AjaxOnly },
        new("GET", "metrics/get-history-bulk-interval", (request, _) => Task.FromResult(Sampled(request))),
    ];

    private MlflowAnswer History(MlflowRequest request)
    {
        var (run, key) = (new RunId(request.RunId()), request.Required("metric_key"));
        var (limit, token) = (request.Integer("max_results"), request.Text("page_token"));
        return request.Problem is { } problem
            ? problem
            : MlflowAnswer.Of(history.Run(run, key, limit is { } given ? ExperimentCalls.Bound(given) : null, token), (json, page) =>
            {
                MlflowRuns.List(json, "metrics", page.Items, point => MlflowRuns.Point(json, point));
                MlflowRuns.Next(json, page.Next);
            });
    }

    private MlflowAnswer Bulk(MlflowRequest request)
    {
        var (ids, key, limit) = (Ids(request, "run_id"), request.Text("metric_key"), request.Integer("max_results") ?? MostBulk);
        if (ids.Count == 0)
        {
            request.Note(Bad("GetMetricHistoryBulk request must specify at least one run_id."));
        }

        if (string.IsNullOrEmpty(key))
        {
            request.Note(Bad("GetMetricHistoryBulk request must specify a metric_key."));
        }

        return request.Problem is { } problem ? problem : Show(history.Bulk(ids, key!, (int)Math.Clamp(limit, 0, MostBulk)));
    }

    private MlflowAnswer Sampled(MlflowRequest request)
    {
        var (ids, key) = (Ids(request, "run_ids"), request.Required("metric_key"));
        var (from, to, limit) = (request.Integer("start_step"), request.Integer("end_step"), request.Integer("max_results") ?? MostSampled);
        if (ids.Count == 0)
        {
            request.Note(Bad("GetMetricHistoryBulkInterval request must specify at least one run_id."));
        }

        return request.Problem is { } problem ? problem
            : history.Sampled(ids, key, from, to, ExperimentCalls.Bound(limit)).TryGet(out var found, out var wrong) ? Show(found)
            : wrong;
    }

    private static MlflowAnswer Show(IReadOnlyList<RunPoints> runs) => MlflowAnswer.Json(json => MlflowRuns.List(
        json, "metrics", [.. runs.SelectMany(run => run.Points.Select(point => (run.Run, Point: point)))], found =>
        {
            MlflowRuns.Point(json, found.Point);
            json.WriteString("run_id", found.Run.Value);
        }));

    private static List<RunId> Ids(MlflowRequest request, string field) => [.. request.Texts(field, single: true).Select(id => new RunId(id))];

    private static Problem Bad(string message) => new("request.invalid", message, "Add it to the query.");
}
