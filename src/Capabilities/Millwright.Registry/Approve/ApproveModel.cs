using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Approve;

/// <summary>Gives one person's word that a version may go to production. The author's own word does not count, so it is refused.</summary>
public sealed class ApproveModel(IModelStore models, TimeProvider clock)
{
    /// <summary>Approving twice is one approval; approving after having rejected takes the rejection back.</summary>
    public Task<Result<ModelVersion>> RunAsync(string name, int version, Actor actor, string comment, CancellationToken ct) =>
        models.ChangeAsync<ModelVersion>(name, state => Decide(state, name, version, new Approval(actor, clock.GetUtcNow(), comment)), ct).WithNearestAsync(models, name);

    internal static Result<ModelChange<ModelVersion>> Decide(ModelState? state, string name, int number, Approval approval)
    {
        if (!RegistryProblems.Find(state, name, number).TryGet(out var version, out var problem))
        {
            return problem;
        }

        if (version.Author == approval.By)
        {
            return new Problem(
                "model.own-approval", $"{approval.By} registered {version.Subject} and cannot approve it.",
                "Let someone else approve it (--as NAME, or that person's own token).", ProblemKind.Forbidden);
        }

        if (version.WordOf(approval.By) is { IsRejection: false })
        {
            return new ModelChange<ModelVersion>(version);
        }

        var approved = version.With(approval);
        return new ModelChange<ModelVersion>(approved)
        {
            Versions = [approved],
            Events = [new LedgerDraft(approval.By, "model.approved", version.Subject) { Body = new JsonObject { ["comment"] = approval.Comment } }],
        };
    }
}
