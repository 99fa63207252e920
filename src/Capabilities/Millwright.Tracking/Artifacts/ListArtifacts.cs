using Millwright.Abstractions.Results;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking.Artifacts;

/// <summary>A folder of a run's artifacts.</summary>
/// <param name="Run">The run.</param>
/// <param name="Folder">Below the run's artifacts; empty for all of them.</param>
/// <param name="Entries">By name. Empty for a file, for a missing folder and for artifacts that lie elsewhere, such as in a bucket.</param>
public sealed record ArtifactListing(RunInfo Run, ArtifactPath Folder, IReadOnlyList<ArtifactEntry> Entries);

/// <summary>Lists a run's artifacts, folder by folder.</summary>
public sealed class ListArtifacts(IRunStore runs, ArtifactFolder artifacts)
{
    /// <summary>What lies in a folder. An unknown run and a path that leads out of the run are problems.</summary>
    /// <param name="id">The run.</param>
    /// <param name="below">The folder; null or empty for all artifacts.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<ArtifactListing>> RunAsync(RunId id, string? below, CancellationToken ct)
    {
        if (runs.FindInfo(id) is not { } run)
        {
            return TrackingProblems.UnknownRun(id);
        }

        if (!ArtifactPath.Parse(below).TryGet(out var path, out var wrong))
        {
            return wrong;
        }

        return new ArtifactListing(
            run, path,
            ArtifactFolder.PathOf(run.ArtifactUri) is { } root ? await artifacts.ListAsync(new ArtifactPath(root.TrimEnd('/')).Child(path.Value), ct) : []);
    }
}
