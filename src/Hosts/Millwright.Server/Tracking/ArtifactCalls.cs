using Millwright.Server.Mlflow;
using Millwright.Tracking;
using Millwright.Tracking.Artifacts;
using Millwright.Tracking.Runs;

namespace Millwright.Server.Tracking;

/// <summary>MLflow's calls about a run's artifacts; the files themselves go through <see cref="ArtifactEndpoints"/>.</summary>
internal sealed class ArtifactCalls(IRunStore runs, ArtifactFolder artifacts) : IMlflowCalls
{
    public IEnumerable<MlflowCall> Calls => [new("GET", "artifacts/list", ListAsync)];

    private async Task<MlflowAnswer> ListAsync(MlflowRequest request, CancellationToken ct)
    {
        var (id, below) = (new RunId(request.RunId()), request.Text("path") ?? "");
        if (request.Problem is { } problem)
        {
            return problem;
        }

        if (runs.FindInfo(id) is not { } run)
        {
            return TrackingProblems.UnknownRun(id);
        }

        if (!ArtifactPath.Parse(below).TryGet(out var path, out var wrong))
        {
            return wrong;
        }

        // Artifacts elsewhere, such as in a bucket, are the client's own business.
        var found = ArtifactFolder.PathOf(run.ArtifactUri) is { } root
            ? await artifacts.ListAsync(new ArtifactPath(root.TrimEnd('/')).Child(path.Value), ct)
            : [];
        return MlflowAnswer.Json(json =>
        {
            json.WriteString("root_uri", run.ArtifactUri);
            MlflowRuns.List(json, "files", found, entry => ArtifactEndpoints.Entry(json, entry, path.Value.Length == 0 ? "" : path.Value + "/"));
        });
    }
}
