using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Data.Workspace;

namespace Millwright.Data.Resolve;

/// <summary>Data versions as pipelines see them.</summary>
internal sealed class DataVersions(ResolveData resolve, TimeProvider clock) : IDataVersions
{
    public async Task<Result<ContentDigest?>> FindAsync(string path, CancellationToken ct)
    {
        var environment = new DataEnvironment(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path)) ?? path, Environment.GetEnvironmentVariable);
        if (!DataRepository.Open(environment, clock).TryGet(out var repository, out var problem))
        {
            return problem.Code is "data.no-repository" ? (ContentDigest?)null : problem;
        }

        if (!(await resolve.RunAsync(repository, path, ct)).TryGet(out var found, out var failure))
        {
            return failure.Code is "data.untracked" ? (ContentDigest?)null : failure;
        }

        return found.IsCurrent
            ? found.Digest
            : new Problem(
                "data.changed",
                $"'{found.Path}' is missing or differs from the version that is tracked.",
                $"Track the new content with 'mw data add {found.Path}', or bring the tracked one back with 'mw data checkout {found.Path}'.",
                ProblemKind.Conflict);
    }
}
