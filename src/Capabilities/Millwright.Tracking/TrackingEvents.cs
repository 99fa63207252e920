using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking;

/// <summary>What tracking tells the ledger: that experiments and runs begin, end, vanish and come back. Values that are logged are too many for it.</summary>
public static class TrackingEvents
{
    /// <summary>An experiment was created.</summary>
    public static LedgerDraft Created(Experiment experiment, Actor actor) => About(experiment, "experiment.created", actor);

    /// <summary>An experiment was renamed, deleted or restored.</summary>
    /// <param name="experiment">As it is now.</param>
    /// <param name="what"><c>renamed</c>, <c>deleted</c> or <c>restored</c>.</param>
    /// <param name="actor">Who.</param>
    public static LedgerDraft Changed(Experiment experiment, string what, Actor actor) => About(experiment, $"experiment.{what}", actor);

    /// <summary>A run began.</summary>
    public static LedgerDraft Started(RunInfo run, Actor actor) => About(run, "run.started", actor);

    /// <summary>A run ended, was deleted or restored.</summary>
    /// <param name="run">As it is now.</param>
    /// <param name="what"><c>finished</c>, <c>deleted</c> or <c>restored</c>.</param>
    /// <param name="actor">Who.</param>
    public static LedgerDraft Changed(RunInfo run, string what, Actor actor) => About(run, $"run.{what}", actor);

    private static LedgerDraft About(Experiment experiment, string kind, Actor actor) =>
        new(actor, kind, Subject.Experiment(experiment.Id.ToString())) { Body = { ["name"] = experiment.Name } };

    private static LedgerDraft About(RunInfo run, string kind, Actor actor) => new(actor, kind, Subject.Run(run.Id.Value))
    {
        Inputs = ImmutableArray.Create(Subject.Experiment(run.Experiment.ToString())),
        Body = { ["name"] = run.Name, ["experiment"] = run.Experiment.ToString(), ["status"] = run.Status.ToString().ToLowerInvariant() },
    };
}
