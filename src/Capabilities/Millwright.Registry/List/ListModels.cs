namespace Millwright.Registry.List;

/// <summary>Lists registered models by name.</summary>
public sealed class ListModels(IModelStore models)
{
    /// <summary>A page after a name, and the name to go on from or null at the end.</summary>
    public (IReadOnlyList<ModelState> Models, string? Next) Run(string? after, int limit)
    {
        limit = Math.Clamp(limit, 1, 1000);
        var found = models.List(after, limit + 1);
        return found.Count > limit ? ([.. found.Take(limit)], found[limit - 1].Model.Name) : (found, null);
    }
}
