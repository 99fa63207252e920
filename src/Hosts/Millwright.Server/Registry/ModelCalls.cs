using Millwright.Abstractions.Results;
using Millwright.Registry;
using Millwright.Registry.Alias;
using Millwright.Registry.Change;
using Millwright.Registry.Search;
using Millwright.Server.Mlflow;
using Millwright.Server.Tracking;

namespace Millwright.Server.Registry;

/// <summary>MLflow's calls about registered models.</summary>
internal sealed class ModelCalls(IModelStore models, ChangeModel change, SetAlias alias, SearchModels search) : IMlflowCalls
{
    private const int UsualPage = 100;

    public IEnumerable<MlflowCall> Calls =>
    [
        new("POST", "registered-models/create", CreateAsync),
        new("GET", "registered-models/get", (request, _) => Task.FromResult(Get(request))),
        new("PATCH", "registered-models/update", DescribeAsync),
        new("POST", "registered-models/rename", RenameAsync),
        new("DELETE", "registered-models/delete", DeleteAsync),
        new("GET", "registered-models/search", (request, _) => Task.FromResult(Search(request))),
        new("GET POST", "registered-models/get-latest-versions", (request, _) => Task.FromResult(Latest(request))),
        new("POST", "registered-models/set-tag", SetTagAsync),
        new("DELETE", "registered-models/delete-tag", DeleteTagAsync),
        new("GET", "registered-models/alias", (request, _) => Task.FromResult(GetAlias(request))),
        new("POST", "registered-models/alias", SetAliasAsync),
        new("DELETE", "registered-models/alias", DeleteAliasAsync),
    ];

    private static MlflowAnswer Show(Result<ModelState> result) => MlflowAnswer.Of(result, (json, model) =>
    {
        json.WriteStartObject("registered_model");
        MlflowModels.Model(json, model);
        json.WriteEndObject();
    });

    private async Task<MlflowAnswer> CreateAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, description, tags) = (request.Required("name"), request.Text("description") ?? "", ExperimentCalls.Tags(request, lenient: false));
        return request.Problem is { } problem ? problem : Show(await change.CreateAsync(name, description, tags, request.Actor, ct));
    }

    private MlflowAnswer Get(MlflowRequest request)
    {
        var name = request.Required("name");
        return request.Problem is { } problem ? problem : Show(models.Find(name) is { } model ? model : RegistryProblems.UnknownModel(name));
    }

    private async Task<MlflowAnswer> DescribeAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, description) = (request.Required("name"), request.Text("description") ?? "");
        return request.Problem is { } problem ? problem : Show(await change.DescribeAsync(name, description, ct));
    }

    private async Task<MlflowAnswer> RenameAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, next) = (request.Required("name"), request.Required("new_name"));
        return request.Problem is { } problem ? problem : Show(await change.RenameAsync(name, next, request.Actor, ct));
    }

    private async Task<MlflowAnswer> DeleteAsync(MlflowRequest request, CancellationToken ct)
    {
        var name = request.Required("name");
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await change.DeleteAsync(name, request.Actor, ct));
    }

    private MlflowAnswer Search(MlflowRequest request)
    {
        var (filter, order, token) = (request.Text("filter"), request.Texts("order_by"), request.Text("page_token"));
        var limit = request.Integer("max_results") ?? UsualPage;
        return request.Problem is { } problem
            ? problem
            : MlflowAnswer.Of(search.Models(filter, order, ExperimentCalls.Bound(limit), token), (json, page) =>
            {
                MlflowRuns.List(json, "registered_models", page.Items, model => MlflowModels.Model(json, model));
                MlflowRuns.Next(json, page.Next);
            });
    }

    private MlflowAnswer Latest(MlflowRequest request)
    {
        var (name, words) = (request.Required("name"), request.Texts("stages"));
        var stages = new List<Stage>();
        foreach (var word in words)
        {
            if (StageNames.Parse(word).TryGet(out var stage, out var unknown))
            {
                stages.Add(stage);
            }
            else
            {
                request.Note(unknown);
            }
        }

        return request.Problem is { } problem ? problem
            : models.Find(name) is not { } state ? RegistryProblems.UnknownModel(name)
            : MlflowAnswer.Json(json => MlflowRuns.List(
                json, "model_versions", [.. MlflowModels.Latest(state).Where(version => stages.Count == 0 || stages.Contains(version.Stage))],
                version => MlflowModels.Version(json, version, null)));
    }

    private async Task<MlflowAnswer> SetTagAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, key, value) = (request.Required("name"), request.Required("key"), request.Text("value") ?? "");
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await change.TagAsync(name, key, value, ct));
    }

    private async Task<MlflowAnswer> DeleteTagAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, key) = (request.Required("name"), request.Required("key"));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await change.RemoveTagAsync(name, key, ct));
    }

    private MlflowAnswer GetAlias(MlflowRequest request)
    {
        var (name, word) = (request.Required("name"), request.Required("alias"));
        return request.Problem is { } problem ? problem : VersionCalls.Show(alias.Find(name, word), models);
    }

    private async Task<MlflowAnswer> SetAliasAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, word, version) = (request.Required("name"), request.Required("alias"), VersionCalls.NumberOf(request));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await alias.RunAsync(name, word, version, request.Actor, ct));
    }

    private async Task<MlflowAnswer> DeleteAliasAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, word) = (request.Required("name"), request.Required("alias"));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await alias.RemoveAsync(name, word, request.Actor, ct));
    }
}
