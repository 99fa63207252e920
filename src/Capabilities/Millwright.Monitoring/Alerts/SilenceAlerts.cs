using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;

namespace Millwright.Monitoring.Alerts;

/// <summary>Keeps a model's alerts from going out for a time. They are raised and recorded all the same.</summary>
public sealed class SilenceAlerts(IAlertStore store, IModelCatalog catalog, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Silences for a time of at most 30 days; returns until when. The model must be registered.</summary>
    public async Task<Result<DateTimeOffset>> RunAsync(string model, TimeSpan time, string reason, Actor actor, CancellationToken ct)
    {
        if (time <= TimeSpan.Zero || time > Longest)
        {
            return new Problem("silence.time", $"Alerts cannot be silenced for {time}.", "Give a time above 0 and of at most 30 days.");
        }

        // Any problem but that there is no such model is no reason not to be quiet about it.
        if ((await catalog.FindAsync(model, null, ct)).Problem is { Code: "model.unknown" } unknown)
        {
            return unknown;
        }

        var until = clock.GetUtcNow() + time;
        var happened = new LedgerDraft(actor, AlertEvents.Silenced, Subject.RegisteredModel(model))
        {
            Body = new JsonObject { ["until"] = LedgerHash.Time(until), ["reason"] = reason },
        };
        await store.SilenceAsync(model, until, happened, ct);
        return until;
    }
}
