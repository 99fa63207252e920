using System.Globalization;
using Millwright.Abstractions.Results;
using Millwright.Registry;
using Millwright.Registry.Change;
using Millwright.Registry.Note;
using Millwright.Registry.Promote;
using Millwright.Registry.Search;
using Millwright.Registry.Tag;
using Millwright.Server.Mlflow;
using Millwright.Server.Tracking;

namespace Millwright.Server.Registry;

/// <summary>MLflow's calls about versions of models.</summary>
internal sealed class VersionCalls(
    IModelStore models, NoteVersion note, ChangeVersion change, LabelStage label, TagModel tag, SearchModels search) : IMlflowCalls
{
    private const int UsualPage = 10_000;

    public IEnumerable<MlflowCall> Calls =>
    [
        new("POST", "model-versions/create", CreateAsync),
        new("GET", "model-versions/get", (request, _) => Task.FromResult(Get(request))),
        new("PATCH", "model-versions/update", DescribeAsync),
        new("DELETE", "model-versions/delete", DeleteAsync),
        new("POST", "model-versions/transition-stage", TransitionAsync),
        new("GET", "model-versions/search", (request, _) => Task.FromResult(Search(request))),
        new("GET", "model-versions/get-download-uri", (request, _) => Task.FromResult(DownloadUri(request))),
        new("POST", "model-versions/set-tag", SetTagAsync),
        new("DELETE", "model-versions/delete-tag", DeleteTagAsync),
    ];

    /// <summary>The version's number, which the protocol sends as text.</summary>
    internal static int NumberOf(MlflowRequest request)
    {
        var text = request.Required("version");
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            && request.Problem is null)
        {
            request.Note(new Problem("version.number", $"Parameter 'version' must be an integer, got '{text}'.", "Send the version's number as text."));
        }

        return number;
    }

    /// <summary>A version as an answer.</summary>
    internal static MlflowAnswer Show(Result<ModelVersion> result, IModelStore models) => MlflowAnswer.Of(result, (json, version) =>
    {
        json.WriteStartObject("model_version");
        MlflowModels.Version(json, version, models.Find(version.Name)?.Model);
        json.WriteEndObject();
    });

    private async Task<MlflowAnswer> CreateAsync(MlflowRequest request, CancellationToken ct)
    {
        var wanted = new NotedVersion(request.Required("name"), request.Required("source"), request.Actor)
        {
            RunId = request.Text("run_id") is { Length: > 0 } run ? run : null,
            RunLink = request.Text("run_link") ?? "",
            Description = request.Text("description") ?? "",
            LoggedModel = request.Text("model_id") ?? "",
            Tags = ExperimentCalls.Tags(request, lenient: false),
        };
        return request.Problem is { } problem ? problem : Show(await note.RunAsync(wanted, ct), models);
    }

    private MlflowAnswer Get(MlflowRequest request)
    {
        var (name, number) = (request.Required("name"), NumberOf(request));
        return request.Problem is { } problem ? problem : Show(Find(name, number), models);
    }

    private Result<ModelVersion> Find(string name, int number) =>
        models.Find(name)?[number] is { } version ? version : RegistryProblems.UnknownVersion(name, number.ToString(CultureInfo.InvariantCulture));

    private async Task<MlflowAnswer> DescribeAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, number, description) = (request.Required("name"), NumberOf(request), request.Text("description") ?? "");
        return request.Problem is { } problem ? problem : Show(await change.DescribeAsync(name, number, description, ct), models);
    }

    private async Task<MlflowAnswer> DeleteAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, number) = (request.Required("name"), NumberOf(request));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await change.DeleteAsync(name, number, request.Actor, ct));
    }

    private async Task<MlflowAnswer> TransitionAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, number, word) = (request.Required("name"), NumberOf(request), request.Required("stage"));
        var archives = request.Flag("archive_existing_versions") ?? false;
        if (request.Problem is { } problem)
        {
            return problem;
        }

        if (!StageNames.Parse(word).TryGet(out var stage, out problem))
        {
            return problem;
        }

        if (archives && stage is (Stage.None or Stage.Archived))
        {
            return new Problem(
                "stage.archive", $"Model version transition cannot archive existing model versions because '{stage}' is not an Active stage. Valid stages are ['Staging', 'Production']",
                "Leave out archive_existing_versions.");
        }

        return Show(await label.RunAsync(name, number, stage, archives, request.Actor, ct), models);
    }

    private MlflowAnswer Search(MlflowRequest request)
    {
        var (filter, order, token) = (request.Text("filter"), request.Texts("order_by"), request.Text("page_token"));
        var limit = request.Integer("max_results") ?? UsualPage;
        return request.Problem is { } problem
            ? problem
            : MlflowAnswer.Of(search.Versions(filter, order, ExperimentCalls.Bound(limit), token), (json, page) =>
            {
                MlflowRuns.List(json, "model_versions", page.Items, version => MlflowModels.Version(json, version, null));
                MlflowRuns.Next(json, page.Next);
            });
    }

    private MlflowAnswer DownloadUri(MlflowRequest request)
    {
        var (name, number) = (request.Required("name"), NumberOf(request));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(
            Find(name, number), (json, version) => json.WriteString("artifact_uri", VersionSource.Resolve(version, models)));
    }

    private async Task<MlflowAnswer> SetTagAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, number, key, value) = (request.Required("name"), NumberOf(request), request.Required("key"), request.Text("value") ?? "");
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await tag.RunAsync(name, number, key, value, request.Actor, ct));
    }

    private async Task<MlflowAnswer> DeleteTagAsync(MlflowRequest request, CancellationToken ct)
    {
        var (name, number, key) = (request.Required("name"), NumberOf(request), request.Required("key"));
        return request.Problem is { } problem ? problem : MlflowAnswer.Of(await tag.RunAsync(name, number, key, null, request.Actor, ct));
    }
}
