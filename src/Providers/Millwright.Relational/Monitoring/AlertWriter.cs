using Millwright.Abstractions.Ledger;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Notify;

namespace Millwright.Relational.Monitoring;

/// <summary>Writes a change of an alert with its events and messages into a transaction.</summary>
internal sealed class AlertWriter(WriteNotices notices, TimeProvider clock)
{
    public void Write(WriteSession session, AlertChange change)
    {
        var alert = change.Alert;

        // What people said stands apart from what windows say: a window never takes an acknowledgement back.
        session.Execute(
            """
            INSERT INTO alerts (id, model, version, kind, columns, state, message, raised, last_seen, windows, quiet, resolved, acknowledged_by, note)
            VALUES (@Id, @Model, @Version, @Kind, @Columns, @State, @Message, @Raised, @LastSeen, @Windows, @Quiet, @Resolved, NULL, @Note)
            ON CONFLICT (id) DO UPDATE SET
                columns = excluded.columns, message = excluded.message, last_seen = excluded.last_seen, windows = excluded.windows, quiet = excluded.quiet,
                state = CASE WHEN excluded.state = 'resolved' THEN 'resolved' ELSE alerts.state END,
                resolved = excluded.resolved,
                note = CASE WHEN excluded.state = 'resolved' THEN excluded.note ELSE alerts.note END
            """,
            new
            {
                alert.Id, alert.Model, alert.Version, alert.Kind,
                Columns = MonitoringText.Write(alert.Columns),
                State = alert.State.ToString().ToLowerInvariant(),
                alert.Message,
                Raised = LedgerHash.Time(alert.Raised),
                LastSeen = LedgerHash.Time(alert.LastSeen),
                alert.Windows, alert.Quiet,
                Resolved = alert.Resolved is { } resolved ? LedgerHash.Time(resolved) : null,
                alert.Note,
            });
        foreach (var happened in change.Events)
        {
            session.Append(happened);
        }

        foreach (var notice in notices.Run(change))
        {
            session.Execute(
                "INSERT INTO alert_notices (id, alert, channel, target, payload, attempts, next) VALUES (@Id, @Alert, @Channel, @Target, @Payload, 0, @Next)",
                new { notice.Id, Alert = alert.Id, notice.Channel, notice.Target, notice.Payload, Next = LedgerHash.Time(clock.GetUtcNow()) });
        }
    }
}
