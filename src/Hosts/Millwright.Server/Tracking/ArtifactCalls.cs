using Millwright.Server.Mlflow;
using Millwright.Tracking.Artifacts;
using Millwright.Tracking.Runs;

namespace Millwright.Server.Tracking;

/// <summary>MLflow's calls about a run's artifacts; the files themselves go through <see cref="ArtifactEndpoints"/>.</summary>
internal sealed class ArtifactCalls(ListArtifacts list) : IMlflowCalls
{
    public IEnumerable<MlflowCall> Calls => [new("GET", "artifacts/list", ListAsync)];

    private async Task<MlflowAnswer> ListAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, below) = (new RunId(request.RunId()), request.Text("path") ?? "");
        if (request.Problem is { } problem)
        {
            return problem;
        }

        if (!(await list.RunAsync(id, below, ct)).TryGet(out var found, out var wrong))
        {
            return wrong;
        }

        return MlflowAnswer.Json(json =>
        {
            json.WriteString("root_uri", found.Run.ArtifactUri);
            MlflowRuns.List(json, "files", found.Entries, entry => ArtifactEndpoints.Entry(json, entry, found.Folder.Value.Length == 0 ? "" : found.Folder.Value + "/"));
        });
    }
}
