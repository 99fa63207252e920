using Millwright.Abstractions.Results;

namespace Millwright.Delivery;

/// <summary>Expected failures of rollouts.</summary>
internal static class RolloutProblems
{
    public static Problem Unknown(string id, IDeploymentStore store) => new(
        "deployment.unknown", $"There is no deployment '{id}', and no model of this name is deployed.",
        Nearest.To(id, store.InTraffic().Select(deployment => deployment.Model).Distinct(StringComparer.Ordinal)) is { } near
            ? $"Did you mean '{near}'? Run 'mw deployment list' to see all." : "Run 'mw deployment list'.",
        ProblemKind.NotFound);

    public static Problem UnderWay(Deployment other) => new(
        "rollout.under_way",
        $"Version {other.Version} of '{other.Model}' is being rolled out already (deployment {other.Id}, {other.Percent}%).",
        $"Wait for its end, or run 'mw deployment abort {other.Id}'.",
        ProblemKind.Conflict);

    public static Problem AlreadyLive(Deployment live) => new(
        "rollout.live", $"Version {live.Version} of '{live.Model}' is live already (deployment {live.Id}).", "Choose another version with --version.", ProblemKind.Conflict);

    public static Problem NotApproved(string model, int version, string stage) => new(
        "rollout.not_approved",
        $"Version {version} of '{model}' is not approved (its stage is '{stage}').",
        $"Run 'mw model approve {model} {version}' as someone other than its author, or force the rollout with --force --reason TEXT.",
        ProblemKind.Refused);

    public static Problem Archived(string model, int version) => new(
        "rollout.archived", $"Version {version} of '{model}' is archived.", "Choose another version, or force the rollout with --force --reason TEXT.", ProblemKind.Refused);

    public static Problem NoReason() => new(
        "rollout.no_reason", "A forced rollout needs a reason.", "Say why with --reason TEXT; it stands in the ledger.");

    public static Problem NotRolling(Deployment deployment) => new(
        "rollout.over",
        $"Deployment {deployment.Id} is {DeploymentStates.Text(deployment.State)}, not being rolled out.",
        "Run 'mw deployment list' to see which one is.",
        ProblemKind.Conflict);

    public static Problem NothingBefore(Deployment live) => new(
        "rollback.first",
        $"'{live.Model}' had no other version live before version {live.Version}.",
        $"Roll out another version with 'mw deploy {live.Model} --version N'.",
        ProblemKind.Conflict);
}
