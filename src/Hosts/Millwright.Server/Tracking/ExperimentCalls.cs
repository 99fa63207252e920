using Millwright.Abstractions.Results;
using Millwright.Server.Mlflow;
using Millwright.Tracking;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Search;

namespace Millwright.Server.Tracking;

/// <summary>MLflow's calls about experiments.</summary>
internal sealed class ExperimentCalls(
    IExperimentStore experiments, IRunStore runs, CreateExperiment create, ChangeExperiment change, TagExperiment tag, SearchExperiments search) : IMlflowCalls
{
    private const int MostDatasets = 1000;

    public IEnumerable<MlflowCall> Calls =>
    [
        new("POST", "experiments/create", CreateAsync),
        new("GET", "experiments/get", (request, _) => Task.FromResult(Get(request))),
        new("GET", "experiments/get-by-name", (request, _) => Task.FromResult(GetByName(request))),
        new("POST", "experiments/update", RenameAsync),
        new("POST", "experiments/delete", (request, ct) => MoveAsync(request, id => change.DeleteAsync(id, request.Actor, ct))),
        new("POST", "experiments/restore", (request, ct) => MoveAsync(request, id => change.RestoreAsync(id, request.Actor, ct))),
        new("POST", "experiments/set-experiment-tag", SetTagAsync),
        new("POST", "experiments/delete-experiment-tag", DeleteTagAsync),
        new("GET POST", "experiments/search", (request, _) => Task.FromResult(Search(request))),
        new("POST", "experiments/search-datasets", (request, _) => Task.FromResult(SearchDatasets(request))) { Prefix = MlflowPrefix.AjaxOnly },
    ];

    /// <summary>The id in a field; anything but an integer is noted as a problem.</summary>
    internal static ExperimentId IdOf(MlflowRequest request, string? text)
    {
        if (!ExperimentId.TryParse(text, out var id) && request.Problem is null)
        {
            request.Note(new Problem("experiment.id", $"'{text}' is no experiment id.", "Experiment ids are integers; 0 is the default experiment."));
        }

        return id;
    }

    /// <summary>Key and value pairs; those without a key are kept, the server stores what clients send at creation.</summary>
    internal static List<KeyValuePair<string, string>> Tags(MlflowRequest request, bool lenient) => request.Objects(
        "tags", (tag, _) => KeyValuePair.Create(tag.Text("key", lenient: lenient) ?? "", tag.Text("value", lenient: lenient) ?? ""), lenient);

    private async Task<MlflowAnswer> CreateAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, location, tags) = (request.Required("name"), request.Text("artifact_location"), Tags(request, lenient: false));
        return request.Problem is { } problem
            ? problem
            : MlflowAnswer.Of(await create.RunAsync(name, location, tags, request.Actor, ct), (json, made) => json.WriteString("experiment_id", made.Id.ToString()));
    }

    private MlflowAnswer Get(MlflowRequest request)
    {
        var id = IdOf(request, request.Required("experiment_id"));
        return request.Problem is { } problem ? problem
            : experiments.Find(id) is { } found ? Show(found)
            : TrackingProblems.UnknownExperiment(id);
    }

    private MlflowAnswer GetByName(MlflowRequest request)
    {
        var name = request.Required("experiment_name");
        return request.Problem is { } problem ? problem
            : experiments.FindByName(name) is { } found ? Show(found)
            : TrackingProblems.UnknownExperimentName(name);
    }

    private static MlflowAnswer Show(Experiment experiment) => MlflowAnswer.Json(json =>
    {
        json.WriteStartObject("experiment");
        MlflowRuns.Experiment(json, experiment);
        json.WriteEndObject();
    });

    private async Task<MlflowAnswer> RenameAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, name) = (IdOf(request, request.Required("experiment_id")), request.Required("new_name"));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await change.RenameAsync(id, name, request.Actor, ct));
    }

    private static async Task<MlflowAnswer> MoveAsync(MlflowRequest request, Func<ExperimentId, Task<Result<Experiment>>> move)
    {
        var id = IdOf(request, request.Required("experiment_id"));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await move(id));
    }

    private async Task<MlflowAnswer> SetTagAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, key, value) = (IdOf(request, request.Required("experiment_id")), request.Required("key"), request.Text("value") ?? "");
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await tag.SetAsync(id, key, value, ct));
    }

    private async Task<MlflowAnswer> DeleteTagAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, key) = (IdOf(request, request.Required("experiment_id")), request.Required("key"));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await tag.RemoveAsync(id, key, ct));
    }

    private MlflowAnswer Search(MlflowRequest request)
    {
        var limit = request.Integer("max_results") ?? 0;
        var (filter, order, token) = (request.Text("filter"), request.Texts("order_by"), request.Text("page_token"));
        var view = request.Text("view_type");
        if (view is not (null or "" or "ACTIVE_ONLY" or "DELETED_ONLY" or "ALL"))
        {
            request.Note(new Problem("request.invalid", $"Invalid value \"{view}\" for parameter 'view_type' supplied.", "Use ACTIVE_ONLY, DELETED_ONLY or ALL."));
        }

        return request.Problem is { } problem
            ? problem
            : MlflowAnswer.Of(search.Run(filter, order, View(view), Bound(limit), token), (json, page) =>
            {
                MlflowRuns.List(json, "experiments", page.Items, found => MlflowRuns.Experiment(json, found));
                MlflowRuns.Next(json, page.Next);
            });
    }

    private MlflowAnswer SearchDatasets(MlflowRequest request)
    {
        var ids = request.Texts("experiment_ids").Select(text => IdOf(request, text)).ToList();
        if (request.Problem is null && ids.Count == 0)
        {
            request.Note(new Problem("request.invalid", "SearchDatasets request must specify at least one experiment_id.", "Name an experiment."));
        }

        return request.Problem is { } problem ? problem : MlflowAnswer.Json(json => MlflowRuns.List(json, "dataset_summaries", runs.Datasets(ids, MostDatasets), found =>
        {
            json.WriteString("experiment_id", found.Experiment.ToString());
            json.WriteString("name", found.Name);
            json.WriteString("digest", found.Digest);
            if (found.Context is not null)
            {
                json.WriteString("context", found.Context);
            }
        }));
    }

    /// <summary>A view's word as a lifecycle; unknown words mean the active ones.</summary>
    internal static Lifecycle? View(string? view) => view switch
    {
        "ALL" => null,
        "DELETED_ONLY" => Lifecycle.Deleted,
        _ => Lifecycle.Active,
    };

    /// <summary>A number of results in the range that searches check.</summary>
    internal static int Bound(long limit) => (int)Math.Clamp(limit, int.MinValue, int.MaxValue);
}
