using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Delivery.Judge;

namespace Millwright.Delivery;

/// <summary>Where deployments and their verdicts lie.</summary>
public interface IDeploymentStore
{
    /// <summary>One deployment, or null.</summary>
    Deployment? Find(DeploymentId id);

    /// <summary>Deployments, newest first.</summary>
    IReadOnlyList<Deployment> List(DeploymentQuery query);

    /// <summary>Deployments that take traffic now: rolling or live, of all models.</summary>
    IReadOnlyList<Deployment> InTraffic();

    /// <summary>Verdicts of a deployment, oldest first.</summary>
    IReadOnlyList<RecordedVerdict> Verdicts(DeploymentId id);

    /// <summary>
    /// Saves a change with its event in one transaction. A row whose stored revision is not the one the change is based on, or a second
    /// rollout or second live deployment of a model, is a problem of kind <see cref="ProblemKind.Conflict"/> and nothing is kept.
    /// </summary>
    Task<Result<Done>> SaveAsync(DeploymentChange change, CancellationToken ct);

    /// <summary>Records a verdict that changes nothing.</summary>
    Task RecordAsync(RecordedVerdict verdict, CancellationToken ct);
}

/// <summary>Which deployments to list.</summary>
public sealed record DeploymentQuery
{
    /// <summary>Only of this model.</summary>
    public string? Model { get; init; }

    /// <summary>Only older than this one.</summary>
    public DeploymentId? Before { get; init; }

    /// <summary>At most so many, 1 to 1000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Deployments as they shall stand, with the event that says so.</summary>
/// <param name="Rows">Each with the revision it is based on; 0 for a new one.</param>
/// <param name="Event">Appended in the same transaction.</param>
public sealed record DeploymentChange(IReadOnlyList<Deployment> Rows, LedgerDraft Event)
{
    /// <summary>The verdict that led to it, or null.</summary>
    public RecordedVerdict? Verdict { get; init; }
}

/// <summary>A verdict as it was given.</summary>
/// <param name="Deployment">About this deployment.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Step">Index of the step.</param>
/// <param name="Percent">Share of traffic at that step.</param>
/// <param name="Verdict">The verdict with its checks.</param>
public sealed record RecordedVerdict(DeploymentId Deployment, DateTimeOffset At, int Step, int Percent, CanaryVerdict Verdict);
