using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Options;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Reconcile;

namespace Millwright.Delivery.Start;

/// <summary>What to roll out and how.</summary>
/// <param name="Model">Registered model.</param>
/// <param name="Actor">Who.</param>
public sealed record RolloutRequest(string Model, Actor Actor)
{
    /// <summary>A number, an alias, a stage, or null for the newest.</summary>
    public string? Version { get; init; }

    /// <summary>Shares of traffic in percent; empty for the configured ones.</summary>
    public ImmutableArray<int> Steps { get; init; } = [];

    /// <summary>Changes the configured rules for this rollout, or null.</summary>
    public Func<CanaryRules, CanaryRules>? Adjust { get; init; }

    /// <summary>Rolls out a version that is not approved; the judgement stays.</summary>
    public bool Force { get; init; }

    /// <summary>Why; required with <see cref="Force"/>, recorded always.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>
/// Starts to roll out a version. A model's first version takes all traffic as soon as it is warm; any other begins with the first step
/// beside the version that is live.
/// </summary>
public sealed class StartRollout(
    IDeploymentStore store, IModelCatalog catalog, IServableModels servable, ReconcileRollouts reconcile, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    /// <summary>Warms the version up, then records the rollout and routes traffic to it. Nothing is recorded when a rule refuses or warming up fails.</summary>
    public async Task<Result<Deployment>> RunAsync(RolloutRequest request, CancellationToken ct)
    {
        if (!Plan(request).TryGet(out var plan, out var problem)
            || !(await catalog.FindAsync(request.Model, request.Version, ct)).TryGet(out var version, out problem))
        {
            return problem;
        }

        var current = store.InTraffic().Where(deployment => deployment.Model == version.Name).ToList();
        if ((Refusal(request, version) ?? Clash(version, current)) is { } refused)
        {
            return refused;
        }

        if ((await servable.WarmUpAsync(version.Name, version.Version, ct)).Problem is { } cold)
        {
            return cold;
        }

        var deployment = Draft(request, version, plan, current.FirstOrDefault());
        var saved = await store.SaveAsync(new DeploymentChange([deployment], RolloutEvents.Start(deployment)), ct);
        if (!saved.IsOk)
        {
            return saved.Problem;
        }

        reconcile.TrafficChanged(deployment);
        return deployment.Champion is null ? await PromoteFirstAsync(version, deployment, ct) : store.Find(deployment.Id)!;
    }

    private Result<RolloutPlan> Plan(RolloutRequest request)
    {
        ImmutableArray<int> steps = !request.Steps.IsDefaultOrEmpty ? request.Steps : options.Value.Steps is [_, ..] configured ? [.. configured] : [10, 50, 100];
        var rules = options.Value.ToRules();
        rules = request.Adjust?.Invoke(rules) ?? rules;
        var errors = PlanCheck.Errors(steps, rules);
        return errors.IsEmpty
            ? new RolloutPlan(steps, rules)
            : new Problem("rollout.plan", "The rollout's plan does not hold.", "Steps are shares of traffic in percent that rise to 100, such as 10,50,100.").With(errors);
    }

    private static Problem? Refusal(RolloutRequest request, CatalogModel version) => (request.Force, version) switch
    {
        (true, _) when string.IsNullOrWhiteSpace(request.Reason) => RolloutProblems.NoReason(),
        (true, _) => null,
        (_, { Stage: "archived" }) => RolloutProblems.Archived(version.Name, version.Version),
        (_, { Stage: "production" } or { IsApproved: true }) => null,
        _ => RolloutProblems.NotApproved(version.Name, version.Version, version.Stage),
    };

    private static Problem? Clash(CatalogModel version, List<Deployment> current) =>
        current.Find(deployment => deployment.State is DeploymentState.Rolling) is { } underWay ? RolloutProblems.UnderWay(underWay)
        : current.Find(deployment => deployment.Version == version.Version) is { } live ? RolloutProblems.AlreadyLive(live)
        : null;

    private Deployment Draft(RolloutRequest request, CatalogModel version, RolloutPlan plan, Deployment? live)
    {
        var deployment = new Deployment(DeploymentId.Next(clock), version.Name, version.Version, plan, request.Actor, clock.GetUtcNow())
        {
            Champion = live?.Id,
            ChampionVersion = live?.Version,
            IsForced = request.Force,
            Reason = request.Reason,
        };
        return live is null
            ? deployment.AtStep(plan.Steps.Length - 1, deployment.Started) with { State = DeploymentState.Live, Outcome = "first version of the model" }
            : deployment;
    }

    // The traffic is there whether or not the stage follows: without a champion there is nothing to keep it from.
    private async Task<Result<Deployment>> PromoteFirstAsync(CatalogModel version, Deployment deployment, CancellationToken ct)
    {
        if (version is { Stage: not "production", IsApproved: true })
        {
            await catalog.PromoteAsync(
                version.Name, version.Version, "production", deployment.Actor, string.Create(CultureInfo.InvariantCulture, $"first deployment {deployment.Id}"), ct);
        }

        return store.Find(deployment.Id)!;
    }
}
