using Millwright.Abstractions.Content;

namespace Millwright.Pipelines.Cache;

/// <summary>Finds earlier results by content key and says why there is none.</summary>
internal sealed class StepCache(IRunStore store, IContentStore content)
{
    /// <summary>A result whose outputs all still exist, or null with the reason why the step runs.</summary>
    public async Task<(CachedStep? Result, string Why)> FindAsync(
        string pipeline, string step, string run, StepFacets facets, (bool IsCacheable, bool IsOn, bool IsForced) use, CancellationToken ct)
    {
        if (use.IsForced)
        {
            return (null, "it was forced");
        }

        if (!use.IsCacheable)
        {
            return (null, use.IsOn ? "its action has an effect outside its outputs, so it always runs" : "its cache is switched off");
        }

        var earlier = await store.FindCachedAsync(facets.Key(), ct);
        if (earlier is not null)
        {
            foreach (var (name, digest) in earlier.Outputs)
            {
                if (!await content.ContainsAsync(digest, ct))
                {
                    return (null, $"its earlier output '{name}' is gone from the content store");
                }
            }

            return (earlier, "nothing it depends on changed");
        }

        var last = await store.FindLastAsync(pipeline, step, run, ct);
        if (last?.Facets is not { } before)
        {
            return (null, "it never ran before");
        }

        var changes = string.Join("; ", facets.DifferencesFrom(before));
        return (null, changes.Length > 0 ? changes : $"its last run was {last.State.ToString().ToLowerInvariant()}");
    }
}
