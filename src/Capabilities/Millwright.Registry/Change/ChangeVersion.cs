using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Change;

/// <summary>Describes and deletes versions.</summary>
public sealed class ChangeVersion(IModelStore models, TimeProvider clock)
{
    /// <summary>Sets the description.</summary>
    public Task<Result<ModelVersion>> DescribeAsync(string name, int version, string description, CancellationToken ct) => models.ChangeAsync<ModelVersion>(
        name,
        state => RegistryProblems.Find(state, name, version).Map(found =>
        {
            var next = found with { Description = description, UpdatedAt = clock.GetUtcNow() };
            return new ModelChange<ModelVersion>(next) { Versions = [next] };
        }),
        ct);

    /// <summary>
    /// Deletes a version. Its number is not given again, aliases go on pointing at it, and the ledger remembers it. A version with content
    /// that is in production stays.
    /// </summary>
    public Task<Result<Done>> DeleteAsync(string name, int version, Actor actor, CancellationToken ct) => models.ChangeAsync<Done>(
        name,
        state => RegistryProblems.Find(state, name, version).Then<ModelChange<Done>>(found => found.IsInUse
            ? RegistryProblems.InProduction(found, "deleted")
            : new ModelChange<Done>(Done.Value)
            {
                Model = state!.Model with { UpdatedAt = clock.GetUtcNow() },
                Deleted = [version],
                Events = [new LedgerDraft(actor, "model.deleted", found.Subject)],
            }),
        ct);
}
