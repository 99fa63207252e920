using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Promote;

/// <summary>Moves a version to a stage. Production needs an approval by someone other than the author, and archives the version before.</summary>
public sealed class PromoteModel(IModelStore models, TimeProvider clock)
{
    /// <summary>Promoting a version to the stage it is in changes nothing.</summary>
    public Task<Result<ModelVersion>> RunAsync(string name, int version, Stage stage, Actor actor, string reason, CancellationToken ct) =>
        models.ChangeAsync<ModelVersion>(name, state => Decide(state, name, version, new Promotion(stage, actor, reason, clock.GetUtcNow())), ct).WithNearestAsync(models, name);

    internal static Result<ModelChange<ModelVersion>> Decide(ModelState? state, string name, int number, Promotion promotion)
    {
        if (!RegistryProblems.Find(state, name, number).TryGet(out var version, out var problem))
        {
            return problem;
        }

        if (version.Stage == promotion.To)
        {
            return new ModelChange<ModelVersion>(version);
        }

        if (promotion.To is Stage.Production && version.Rejection is { } rejection)
        {
            return new Problem(
                "model.rejected", $"{version.Subject} was rejected by {rejection.By}: {rejection.Comment}",
                $"Let {rejection.By} run 'mw model approve {name} {number}', or register a better version.", ProblemKind.Refused);
        }

        if (promotion.To is Stage.Production && !version.IsApproved)
        {
            return new Problem(
                "model.not-approved", $"{version.Subject} is not approved: production needs the word of someone other than its author {version.Author}.",
                $"Let someone else run 'mw model approve {name} {number}'.", ProblemKind.Refused);
        }

        var moved = Move(version, promotion.To, promotion.At);
        var former = promotion.To is Stage.Production
            ? state!.Versions.Where(other => other.Stage is Stage.Production && other.Version != number).Select(other => Move(other, Stage.Archived, promotion.At)).ToImmutableArray()
            : [];
        return new ModelChange<ModelVersion>(moved)
        {
            Model = state!.Model with { UpdatedAt = promotion.At },
            Versions = [moved, .. former],
            Events =
            [
                Event("model.promoted", version, moved, promotion),
                .. former.Select(archived => Event("model.archived", state[archived.Version]!, archived, promotion)),
            ],
        };
    }

    private static ModelVersion Move(ModelVersion version, Stage to, DateTimeOffset at) => version with { Stage = to, UpdatedAt = at };

    private static LedgerDraft Event(string kind, ModelVersion before, ModelVersion after, Promotion promotion) => new(promotion.Actor, kind, after.Subject)
    {
        Body = new JsonObject { ["from"] = StageNames.Of(before.Stage), ["to"] = StageNames.Of(after.Stage), ["reason"] = promotion.Reason },
    };

    /// <summary>A move to a stage.</summary>
    internal sealed record Promotion(Stage To, Actor Actor, string Reason, DateTimeOffset At);
}
