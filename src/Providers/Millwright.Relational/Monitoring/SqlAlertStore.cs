using Dapper;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Monitoring;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Notify;

namespace Millwright.Relational.Monitoring;

/// <summary>Alerts and their messages in the project's database.</summary>
internal sealed class SqlAlertStore(Database database, AlertWriter writer) : IAlertStore
{
    private const string Columns =
        "id, model, version, kind, columns, state, message, raised, last_seen AS LastSeen, windows, quiet, resolved, acknowledged_by AS AcknowledgedBy, note";

    public IReadOnlyList<Alert> Open(string model) => Rows("WHERE model = @model AND state <> 'resolved' ORDER BY id", new { model });

    public IReadOnlyList<Alert> List(AlertQuery query) => Rows(
        "WHERE (@Model IS NULL OR model = @Model) AND (@WithResolved OR state <> 'resolved') ORDER BY id DESC LIMIT @Limit", query);

    public Alert? Find(string id) => Rows("WHERE id = @id", new { id }).FirstOrDefault();

    public Task SaveAsync(AlertChange change, CancellationToken ct) => database.CommitAsync(
        session =>
        {
            writer.Write(session, change);
            return Done.Value;
        },
        ct);

    public async Task<Result<Alert>> AcknowledgeAsync(string id, Actor actor, string note, DateTimeOffset at, CancellationToken ct)
    {
        var marked = await database.WriteAsync(
            session =>
            {
                if (session.QueryFirst<AlertRow>($"SELECT {Columns} FROM alerts WHERE id = @id", new { id })?.ToAlert() is not { } alert)
                {
                    return new Problem("alert.unknown", $"There is no alert '{id}'.", "Run 'mw alert list'.", ProblemKind.NotFound);
                }

                if (alert.State is AlertState.Resolved)
                {
                    return new Problem("alert.resolved", $"Alert {id} is over ({alert.Note}).", "Nothing is left to do.", ProblemKind.Conflict);
                }

                session.Execute("UPDATE alerts SET state = 'acknowledged', acknowledged_by = @by, note = @note WHERE id = @id", new { id, by = actor.Name, note });
                session.Append(new LedgerDraft(actor, AlertEvents.Acknowledged, alert.Subject) { Body = new() { ["model"] = alert.Model, ["note"] = note } });
                return Result.Ok;
            },
            ct);
        return marked.Map(_ => Find(id)!);
    }

    public Task SilenceAsync(string model, DateTimeOffset until, LedgerDraft happened, CancellationToken ct) => database.CommitAsync(
        session =>
        {
            session.Execute(
                "INSERT INTO alert_silences (model, until) VALUES (@model, @until) ON CONFLICT (model) DO UPDATE SET until = excluded.until",
                new { model, until = LedgerHash.Time(until) });
            session.Append(happened);
            return Done.Value;
        },
        ct);

    public bool IsSilenced(string model, DateTimeOffset now) => database.Read(connection =>
        connection.QueryFirst<long>("SELECT COUNT(*) FROM alert_silences WHERE model = @model AND until > @now", new { model, now = LedgerHash.Time(now) }) > 0);

    public IReadOnlyList<Notice> Due(DateTimeOffset now, int limit) => database.Read(connection => connection
        .Query<NoticeRow>(
            "SELECT id, channel, target, payload, attempts FROM alert_notices WHERE sent IS NULL AND next <= @now ORDER BY next, id LIMIT @limit",
            new { now = LedgerHash.Time(now), limit })
        .Select(row => new Notice(row.Id, row.Channel, row.Target, row.Payload, row.Attempts))
        .ToList());

    public Task SentAsync(Notice notice, DateTimeOffset at, CancellationToken ct) => database.CommitAsync(
        session => session.Execute(
            "UPDATE alert_notices SET sent = @sent, attempts = attempts + 1, error = NULL WHERE id = @Id", new { notice.Id, sent = LedgerHash.Time(at) }),
        ct);

    public Task FailedAsync(Notice notice, IReadOnlyList<Notice> behind, string reason, DateTimeOffset next, CancellationToken ct) => database.CommitAsync(
        session =>
        {
            session.Execute(
                "UPDATE alert_notices SET attempts = attempts + 1, error = @reason, next = @next WHERE id = @Id", new { notice.Id, reason, next = LedgerHash.Time(next) });
            return session.Execute("UPDATE alert_notices SET next = @next WHERE id = @Id", behind.Select(waiting => new { waiting.Id, next = LedgerHash.Time(next) }));
        },
        ct);

    private List<Alert> Rows(string where, object parameters) => database.Read(connection =>
        connection.Query<AlertRow>($"SELECT {Columns} FROM alerts {where}", parameters).Select(row => row.ToAlert()).ToList());

    private sealed class NoticeRow
    {
        public string Id { get; init; } = "";

        public string Channel { get; init; } = "";

        public string Target { get; init; } = "";

        public string Payload { get; init; } = "";

        public int Attempts { get; init; }
    }

    private sealed class AlertRow
    {
        public string Id { get; init; } = "";

        public string Model { get; init; } = "";

        public int Version { get; init; }

        public string Kind { get; init; } = "";

        public string Columns { get; init; } = "";

        public string State { get; init; } = "";

        public string Message { get; init; } = "";

        public string Raised { get; init; } = "";

        public string LastSeen { get; init; } = "";

        public int Windows { get; init; }

        public int Quiet { get; init; }

        public string? Resolved { get; init; }

        public string? AcknowledgedBy { get; init; }

        public string Note { get; init; } = "";

        public Alert ToAlert() => new(Id, Model, Version, Kind, MonitoringText.ReadAlert(Columns), SqlMonitorStore.Time(Raised))
        {
            State = Enum.Parse<AlertState>(State, ignoreCase: true),
            Message = Message,
            LastSeen = SqlMonitorStore.Time(LastSeen),
            Windows = Windows,
            Quiet = Quiet,
            Resolved = Resolved is null ? null : SqlMonitorStore.Time(Resolved),
            AcknowledgedBy = AcknowledgedBy is null ? null : new Actor(AcknowledgedBy),
            Note = Note,
        };
    }
}
