using System.Globalization;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Delivery;

namespace Millwright.Relational.Delivery;

/// <summary>A deployment as it is stored.</summary>
internal sealed class DeploymentRow
{
    public string Id { get; init; } = "";

    public string Model { get; init; } = "";

    public int Version { get; init; }

    public string Plan { get; init; } = "";

    public string Actor { get; init; } = "";

    public string Started { get; init; } = "";

    public string State { get; init; } = "";

    public int Step { get; init; }

    public string StepStarted { get; init; } = "";

    public string? Ended { get; init; }

    public string? Champion { get; init; }

    public int? ChampionVersion { get; init; }

    public bool Forced { get; init; }

    public string Reason { get; init; } = "";

    public string Outcome { get; init; } = "";

    public int Revision { get; init; }

    public static DeploymentRow Of(Deployment deployment) => new()
    {
        Id = deployment.Id.Value,
        Model = deployment.Model,
        Version = deployment.Version,
        Plan = DeploymentText.Write(deployment.Plan),
        Actor = deployment.Actor.Name,
        Started = LedgerHash.Time(deployment.Started),
        State = DeploymentStates.Text(deployment.State),
        Step = deployment.Step,
        StepStarted = LedgerHash.Time(deployment.StepStarted),
        Ended = deployment.Ended is { } ended ? LedgerHash.Time(ended) : null,
        Champion = deployment.Champion?.Value,
        ChampionVersion = deployment.ChampionVersion,
        Forced = deployment.IsForced,
        Reason = deployment.Reason,
        Outcome = deployment.Outcome,
        Revision = deployment.Revision,
    };

    public Deployment ToDeployment() => new(new DeploymentId(Id), Model, Version, DeploymentText.ReadPlan(Plan), new Actor(Actor), Time(Started))
    {
        State = DeploymentStates.Parse(State),
        Step = Step,
        StepStarted = Time(StepStarted),
        Ended = Ended is null ? null : Time(Ended),
        Champion = Champion is null ? null : new DeploymentId(Champion),
        ChampionVersion = ChampionVersion,
        IsForced = Forced,
        Reason = Reason,
        Outcome = Outcome,
        Revision = Revision,
    };

    internal static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>A verdict as it is stored.</summary>
internal sealed class VerdictRow
{
    public string Deployment { get; init; } = "";

    public string At { get; init; } = "";

    public int Step { get; init; }

    public int Share { get; init; }

    public string Verdict { get; init; } = "";

    public RecordedVerdict ToVerdict() =>
        new(new DeploymentId(Deployment), DeploymentRow.Time(At), Step, Share, DeploymentText.ReadVerdict(Verdict));
}
