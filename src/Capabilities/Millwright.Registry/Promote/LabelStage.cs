using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Promote;

/// <summary>
/// Sets stages as MLflow's clients do. For a version whose files lie elsewhere the stage is only a label, because it cannot be served; a
/// version with content goes the way of <see cref="PromoteModel"/>, approval included.
/// </summary>
public sealed class LabelStage(IModelStore models, TimeProvider clock)
{
    /// <summary>The version in its stage; <paramref name="archives"/> moves the others of that stage to the archive.</summary>
    public Task<Result<ModelVersion>> RunAsync(string name, int version, Stage stage, bool archives, Actor actor, CancellationToken ct) =>
        models.ChangeAsync<ModelVersion>(name, state => Decide(state, name, version, new PromoteModel.Promotion(stage, actor, "", clock.GetUtcNow()), archives), ct);

    private static Result<ModelChange<ModelVersion>> Decide(ModelState? state, string name, int number, PromoteModel.Promotion promotion, bool archives)
    {
        if (!RegistryProblems.Find(state, name, number).TryGet(out var version, out var problem))
        {
            return problem;
        }

        if (version.Artifact is not null)
        {
            return PromoteModel.Decide(state, name, number, promotion);
        }

        var moved = version with { Stage = promotion.To, UpdatedAt = promotion.At };
        var others = archives
            ? state!.Versions.Where(other => other.Version != number && other.Stage == promotion.To).Select(other => other with { Stage = Stage.Archived, UpdatedAt = promotion.At }).ToImmutableArray()
            : [];
        return new ModelChange<ModelVersion>(moved)
        {
            Model = state!.Model with { UpdatedAt = promotion.At },
            Versions = [moved, .. others],
            Events = [.. others.Prepend(moved).Where(after => after.Stage != state[after.Version]!.Stage).Select(after => new LedgerDraft(promotion.Actor, "stage.changed", after.Subject)
            {
                Body = new JsonObject { ["from"] = StageNames.Of(state[after.Version]!.Stage), ["to"] = StageNames.Of(after.Stage) },
            })],
        };
    }
}
