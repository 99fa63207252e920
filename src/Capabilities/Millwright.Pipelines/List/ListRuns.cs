namespace Millwright.Pipelines.List;

/// <summary>Lists runs, newest first, page by page.</summary>
public sealed class ListRuns(IRunStore store)
{
    /// <summary>One page; the next one begins before the last id of this one.</summary>
    public Task<IReadOnlyList<RunRecord>> RunAsync(RunQuery query, CancellationToken ct) =>
        store.ListAsync(query with { Limit = Math.Clamp(query.Limit, 1, 1000) }, ct);
}
