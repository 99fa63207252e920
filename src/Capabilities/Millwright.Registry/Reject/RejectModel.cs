using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;

namespace Millwright.Registry.Reject;

/// <summary>
/// Gives one person's word that a version must not go to production. It stands against every approval until the same person approves;
/// a version that is in production already stays there.
/// </summary>
public sealed class RejectModel(IModelStore models, TimeProvider clock)
{
    /// <summary>The author may reject as well. A reason is required; rejecting again replaces it.</summary>
    public async Task<Result<ModelVersion>> RunAsync(string name, int version, Actor actor, string reason, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(reason)
            ? new Problem("model.no-reason", "A rejection needs a reason.", "Say why with --reason TEXT; it stands in the ledger.")
            : await models.ChangeAsync<ModelVersion>(
                name, state => Decide(state, name, version, new Approval(actor, clock.GetUtcNow(), reason) { IsRejection = true }), ct).WithNearestAsync(models, name);

    private static Result<ModelChange<ModelVersion>> Decide(ModelState? state, string name, int number, Approval rejection) =>
        RegistryProblems.Find(state, name, number).Map(version =>
        {
            if (version.WordOf(rejection.By) is { IsRejection: true } given && given.Comment == rejection.Comment)
            {
                return new ModelChange<ModelVersion>(version);
            }

            var rejected = version.With(rejection);
            return new ModelChange<ModelVersion>(rejected)
            {
                Versions = [rejected],
                Events = [new LedgerDraft(rejection.By, "model.rejected", version.Subject) { Body = new JsonObject { ["reason"] = rejection.Comment } }],
            };
        });
}
