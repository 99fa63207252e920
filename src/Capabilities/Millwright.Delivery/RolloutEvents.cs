using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Delivery.Judge;

namespace Millwright.Delivery;

/// <summary>The ledger events of rollouts. The lineage edge model version → deployment is written when a rollout starts.</summary>
public static class RolloutEvents
{
    /// <summary>A rollout began, or a model's first version went live.</summary>
    public const string Started = "rollout.started";

    /// <summary>A step passed.</summary>
    public const string Advanced = "rollout.advanced";

    /// <summary>The candidate became the champion.</summary>
    public const string Promoted = "rollout.promoted";

    /// <summary>Traffic went back, with the reason.</summary>
    public const string RolledBack = "rollout.rolled_back";

    /// <summary>Somebody stopped it.</summary>
    public const string Aborted = "rollout.aborted";

    internal static LedgerDraft Start(Deployment deployment) => new(deployment.Actor, Started, deployment.Id.Subject)
    {
        Inputs = [Subject.Model(deployment.Model, deployment.Version)],
        Body = Facts(deployment, new JsonObject
        {
            ["steps"] = new JsonArray([.. deployment.Plan.Steps.Select(step => JsonValue.Create(step))]),
            ["forced"] = deployment.IsForced,
            ["reason"] = deployment.Reason,
        }),
    };

    internal static LedgerDraft Move(string kind, Actor actor, Deployment deployment, string reason, CanaryVerdict? verdict)
    {
        var more = new JsonObject { ["step"] = deployment.Step + 1, ["reason"] = reason };
        if (verdict is not null)
        {
            more["evidence"] = Evidence(verdict);
        }

        return new LedgerDraft(actor, kind, deployment.Id.Subject) { Body = Facts(deployment, more) };
    }

    private static JsonObject Facts(Deployment deployment, JsonObject more)
    {
        var body = new JsonObject
        {
            ["model"] = deployment.Model,
            ["version"] = deployment.Version,
            ["champion"] = deployment.ChampionVersion,
            ["percent"] = deployment.Percent,
        };
        foreach (var (name, value) in more.ToList())
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    private static JsonArray Evidence(CanaryVerdict verdict) => new([.. verdict.Checks.Select(check => (JsonNode)new JsonObject
    {
        ["check"] = check.Name,
        ["outcome"] = check.Outcome.ToString().ToLowerInvariant(),
        ["value"] = Number(check.Value),
        ["limit"] = Number(check.Limit),
        ["low"] = Number(check.Low),
        ["high"] = Number(check.High),
        ["message"] = check.Message,
    })]);

    private static JsonValue? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}
