using System.Collections.Frozen;
using Millwright.Abstractions.Results;
using Millwright.Server.Mlflow;
using Millwright.Tracking;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;
using Millwright.Tracking.Search;

namespace Millwright.Server.Tracking;

/// <summary>MLflow's calls that create, read, change and find runs.</summary>
internal sealed class RunCalls(IRunStore runs, StartRun start, ChangeRun change, SearchRuns search) : IMlflowCalls
{
    private const int UsualPage = 1000;

    private static readonly FrozenDictionary<string, RunStatus> Statuses =
        Enum.GetValues<RunStatus>().ToFrozenDictionary(status => status.ToString().ToUpperInvariant(), StringComparer.Ordinal);

    public IEnumerable<MlflowCall> Calls =>
    [
        new("POST", "runs/create", CreateAsync),
        new("GET", "runs/get", (request, _) => Task.FromResult(Get(request))),
        new("POST", "runs/update", UpdateAsync),
        new("POST", "runs/delete", (request, ct) => MoveAsync(request, id => change.DeleteAsync(id, request.Actor, ct))),
        new("POST", "runs/restore", (request, ct) => MoveAsync(request, id => change.RestoreAsync(id, request.Actor, ct))),
        new("POST", "runs/search", (request, _) => Task.FromResult(Search(request))),
        // Logged models and traces are not kept, so none is ever found.
        new("POST", "logged-models/search", (_, _) => Task.FromResult(MlflowAnswer.Empty)),
        new("GET", "traces/search", (_, _) => Task.FromResult(MlflowAnswer.Empty)),
    ];

    private async Task<MlflowAnswer> CreateAsync(MlflowRequest request, CancellationToken ct)
    {
        var experiment = request.Text("experiment_id");
        if (string.IsNullOrEmpty(experiment))
        {
            request.Note(new Problem("run.no_experiment", "A run needs an experiment_id.", "Give the id of an experiment; 0 is the default one."));
        }

        var id = ExperimentCalls.IdOf(request, experiment);
        var (name, user, at) = (request.Text("run_name") ?? "", request.Text("user_id") ?? "", request.Integer("start_time") ?? 0);
        var tags = ExperimentCalls.Tags(request, lenient: true);
        return request.Problem is { } problem
            ? problem
            : MlflowAnswer.Of(await start.RunAsync(id, name, user, at, tags, request.Actor, ct), (json, run) =>
            {
                json.WriteStartObject("run");
                MlflowRuns.Run(json, run, withOutputs: false);
                json.WriteEndObject();
            });
    }

    private MlflowAnswer Get(MlflowRequest request)
    {
        var id = new RunId(request.RunId());
        return request.Problem is { } problem ? problem
            : runs.Find(id) is not { } run ? TrackingProblems.UnknownRun(id)
            : MlflowAnswer.Json(json =>
            {
                json.WriteStartObject("run");
                MlflowRuns.Run(json, run);
                json.WriteEndObject();
            });
    }

    private async Task<MlflowAnswer> UpdateAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, end, name) = (new RunId(request.RunId()), request.Integer("end_time"), request.Text("run_name"));
        // A status is a word or its number in the protocol; what is neither is ignored.
        var status = request.Text("status", lenient: true) is { } word
            ? Statuses.TryGetValue(word, out var named) ? named : null
            : (RunStatus?)request.Integer("status");
        return request.Problem is { } problem
            ? problem
            : MlflowAnswer.Of(
                await change.UpdateAsync(id, status is { } known && Enum.IsDefined(known) ? known : null, end, name, request.Actor, ct),
                (json, info) =>
                {
                    json.WriteStartObject("run_info");
                    MlflowRuns.Info(json, info);
                    json.WriteEndObject();
                });
    }

    private static async Task<MlflowAnswer> MoveAsync(MlflowRequest request, Func<RunId, Task<Result<RunInfo>>> move)
    {
        var id = new RunId(request.Required("run_id"));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await move(id));
    }

    private MlflowAnswer Search(MlflowRequest request)
    {
        var ids = request.Texts("experiment_ids", single: true).Select(text => ExperimentCalls.IdOf(request, text)).ToList();
        var (filter, order, limit) = (request.Text("filter"), request.Texts("order_by"), request.Integer("max_results") ?? UsualPage);
        var (view, token) = (request.Text("run_view_type", lenient: true), request.Text("page_token", lenient: true));
        return request.Problem is { } problem
            ? problem
            : MlflowAnswer.Of(search.Run(ids, filter, order, ExperimentCalls.View(view), ExperimentCalls.Bound(limit), token), (json, page) =>
            {
                MlflowRuns.List(json, "runs", page.Items, run => MlflowRuns.Run(json, run));
                MlflowRuns.Next(json, page.Next);
            });
    }
}
