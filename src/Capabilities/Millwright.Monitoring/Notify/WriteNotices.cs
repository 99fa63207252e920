using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Monitoring.Alerts;

namespace Millwright.Monitoring.Notify;

/// <summary>Writes the messages about a change: one per receiver. The store keeps them in the change's own transaction.</summary>
public sealed class WriteNotices(IEnumerable<IAlertChannel> channels, TimeProvider clock)
{
    /// <summary>Nothing for a change that nobody is to be told of.</summary>
    public IReadOnlyList<Notice> Run(AlertChange change)
    {
        if (change.Notice is null)
        {
            return [];
        }

        var payload = Payload(change);
        return [.. channels.SelectMany(channel => channel.Targets.Select(target => new Notice(NewId.Next(clock), channel.Name, target, payload, 0)))];
    }

    private string Payload(AlertChange change)
    {
        var alert = change.Alert;
        // The event that goes with the notice has the window's facts as well.
        var facts = change.Events.FirstOrDefault(happened => happened.Kind == change.Notice)?.Body.DeepClone().AsObject() ?? AlertEvents.Facts(alert, null);
        facts.Remove("alert");
        var body = new JsonObject { ["id"] = alert.Id, ["kind"] = alert.Kind, ["raised"] = LedgerHash.Time(alert.Raised) };
        foreach (var (name, value) in facts.ToList())
        {
            body[name] = value?.DeepClone();
        }

        return new JsonObject { ["event"] = change.Notice, ["at"] = LedgerHash.Time(clock.GetUtcNow()), ["alert"] = body }.ToJsonString();
    }
}
