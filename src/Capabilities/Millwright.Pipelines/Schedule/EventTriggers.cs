using System.Globalization;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Schedule;

/// <summary>Starts runs on events of the ledger, each event once per pipeline however often it is handed over.</summary>
internal sealed class EventTriggers(TriggerIndex triggers, StartRun start, ILogger<EventTriggers> log) : ILedgerSubscriber
{
    public string Name => "pipelines.triggers";

    public bool Wants(string kind) => triggers.Wants(kind);

    public async Task HandleAsync(LedgerEvent happened, CancellationToken ct)
    {
        await triggers.Loaded.WaitAsync(ct);
        var subject = happened.Subject.ToString();
        // An event from before the file's last change does not start it: that trigger may not have existed, and old history must not start runs.
        var due = triggers.All.Where(known => known.Trigger is EventTrigger on && on.Matches(happened.Kind, subject) && happened.At.UtcDateTime >= known.Changed);
        foreach (var (pipeline, file, _, _) in due.DistinctBy(known => known.File).ToList())
        {
            // A pipeline that waits for the end of runs must not wait for its own.
            if ((string?)happened.Facts()["pipeline"] == pipeline)
            {
                continue;
            }

            var trigger = string.Create(CultureInfo.InvariantCulture, $"event:{happened.Kind}#{happened.Seq}");
            var started = await start.RunAsync(new StartRequest(file, Actor.System) { Trigger = trigger }, ct);
            if (started.TryGet(out var run, out var problem))
            {
                Log.TriggerStarted(log, trigger, run.Id, pipeline);
            }
            else if (problem.Kind is ProblemKind.Unavailable or ProblemKind.Full)
            {
                // Handed over again later.
                throw new OutageException(problem);
            }
            else if (problem.Code != "run.triggered-before")
            {
                Log.TriggerFailed(log, trigger, pipeline, problem.Message);
            }
        }
    }
}
