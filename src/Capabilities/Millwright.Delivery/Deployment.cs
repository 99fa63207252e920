using System.Collections.Immutable;
using Millwright.Abstractions.Identity;

namespace Millwright.Delivery;

/// <summary>Identifies a deployment: one rollout of one model version to one model's traffic.</summary>
/// <param name="Value">32 hexadecimal digits that sort by time.</param>
public readonly record struct DeploymentId(string Value)
{
    /// <summary>A new one.</summary>
    public static DeploymentId Next(TimeProvider clock) => new(NewId.Next(clock));

    /// <summary>Its subject in the ledger.</summary>
    public Subject Subject => Subject.Deployment(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Where a deployment stands.</summary>
public enum DeploymentState
{
    /// <summary>It takes a share of the traffic and is judged.</summary>
    Rolling,

    /// <summary>It takes the traffic that no candidate takes: the champion.</summary>
    Live,

    /// <summary>It was live until a better one took its place.</summary>
    Retired,

    /// <summary>It was taken back, with a reason.</summary>
    RolledBack,

    /// <summary>Somebody stopped the rollout.</summary>
    Aborted,
}

/// <summary>How a rollout goes: its steps and what each must show.</summary>
/// <param name="Steps">Shares of traffic in percent, rising, the last 100.</param>
/// <param name="Rules">What every step is judged by.</param>
public sealed record RolloutPlan(ImmutableArray<int> Steps, CanaryRules Rules);

/// <summary>A deployment as it stands. Changing it makes a new record; the store refuses a change that is not based on the newest.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">Registered model.</param>
/// <param name="Version">Version that is rolled out.</param>
/// <param name="Plan">How.</param>
/// <param name="Actor">Who started it.</param>
/// <param name="Started">When, UTC.</param>
public sealed record Deployment(DeploymentId Id, string Model, int Version, RolloutPlan Plan, Actor Actor, DateTimeOffset Started)
{
    /// <summary>Where it stands.</summary>
    public DeploymentState State { get; init; } = DeploymentState.Rolling;

    /// <summary>Index of the current step.</summary>
    public int Step { get; init; }

    /// <summary>When the current step began.</summary>
    public DateTimeOffset StepStarted { get; init; } = Started;

    /// <summary>When it left the traffic, or null while it takes some.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The deployment that was live when this one started, or null for a model's first.</summary>
    public DeploymentId? Champion { get; init; }

    /// <summary>The version that was live when this one started.</summary>
    public int? ChampionVersion { get; init; }

    /// <summary>Whether the rules for starting were overridden.</summary>
    public bool IsForced { get; init; }

    /// <summary>Why it was started, given with <c>--reason</c>; required when forced.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why it stands where it stands, such as the reason of a rollback.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Counts the changes, for optimistic concurrency.</summary>
    public int Revision { get; init; }

    /// <summary>Whether the current step is the last.</summary>
    public bool IsLastStep => Step >= Plan.Steps.Length - 1;

    /// <summary>Share of traffic asked for while rolling, in percent; 100 when live without a candidate, 0 when over.</summary>
    public int Percent => State switch
    {
        DeploymentState.Rolling => Plan.Steps[Step],
        DeploymentState.Live => 100,
        _ => 0,
    };

    /// <summary>The same at another step.</summary>
    public Deployment AtStep(int step, DateTimeOffset at) => this with { Step = step, StepStarted = at };

    /// <summary>The same in another state; <paramref name="at"/> is its end when it leaves the traffic.</summary>
    public Deployment Into(DeploymentState state, string outcome, DateTimeOffset at) => this with
    {
        State = state,
        Outcome = outcome,
        Ended = state is DeploymentState.Live or DeploymentState.Rolling ? null : at,
    };
}
