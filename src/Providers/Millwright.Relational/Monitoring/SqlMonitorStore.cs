using System.Globalization;
using Dapper;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Monitoring;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Scan;

namespace Millwright.Relational.Monitoring;

/// <summary>Judged windows in the project's database.</summary>
internal sealed class SqlMonitorStore(Database database, AlertWriter alerts) : IMonitorStore
{
    public WindowCursor Cursor(string model, int version) => database.Read(connection => connection
        .Query<(long Number, string To, string LastId)>(
            "SELECT number, to_at, last_id FROM monitor_windows WHERE model = @model AND version = @version ORDER BY number DESC LIMIT 1", new { model, version })
        .Select(last => new WindowCursor((int)last.Number, Time(last.To), last.LastId))
        .FirstOrDefault(WindowCursor.Start));

    public Task<bool> SaveAsync(DriftWindow window, IReadOnlyList<AlertChange> changes, CancellationToken ct) => database.CommitAsync(
        session =>
        {
            var saved = session.Execute(
                """
                INSERT INTO monitor_windows (model, version, number, deployment, from_at, to_at, last_id, predictions, reference, columns)
                VALUES (@Model, @Version, @Number, @Deployment, @From, @To, @LastId, @Predictions, @Reference, @Columns)
                ON CONFLICT (model, version, number) DO NOTHING
                """,
                new
                {
                    window.Model, window.Version, window.Number, window.Deployment,
                    From = LedgerHash.Time(window.From),
                    To = LedgerHash.Time(window.To),
                    window.LastId, window.Predictions,
                    Reference = window.Reference.ToString(),
                    Columns = MonitoringText.Write(window.Columns),
                });
            if (saved == 0)
            {
                return false;
            }

            foreach (var change in changes)
            {
                alerts.Write(session, change);
            }

            return true;
        },
        ct);

    public IReadOnlyList<DriftWindow> Windows(string model, int version, int limit) => database.Read(connection => connection
        .Query<WindowRow>(
            """
            SELECT model, version, number, deployment, from_at AS FromAt, to_at AS ToAt, last_id AS LastId, predictions, reference, columns
            FROM monitor_windows WHERE model = @model AND version = @version ORDER BY number DESC LIMIT @limit
            """,
            new { model, version, limit })
        .Select(row => row.ToWindow())
        .ToList());

    public IReadOnlyList<int> Versions(string model) => database.Read(connection =>
        connection.Query<int>("SELECT DISTINCT version FROM monitor_windows WHERE model = @model ORDER BY version DESC", new { model }).AsList());

    public IReadOnlyList<string> Models() => database.Read(connection =>
        connection.Query<string>("SELECT DISTINCT model FROM monitor_windows ORDER BY model").AsList());

    internal static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed class WindowRow
    {
        public string Model { get; init; } = "";

        public int Version { get; init; }

        public int Number { get; init; }

        public string Deployment { get; init; } = "";

        public string FromAt { get; init; } = "";

        public string ToAt { get; init; } = "";

        public string LastId { get; init; } = "";

        public long Predictions { get; init; }

        public string Reference { get; init; } = "";

        public string Columns { get; init; } = "";

        public DriftWindow ToWindow() => new(
            Model, Version, Deployment, Number, Time(FromAt), Time(ToAt), LastId, Predictions,
            ContentDigest.TryParse(Reference, out var digest) ? digest : default, MonitoringText.ReadColumns(Columns));
    }
}
