using System.Data.Common;
using Dapper;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Delivery;

namespace Millwright.Relational.Delivery;

/// <summary>Deployments in the project's database.</summary>
internal sealed class SqlDeploymentStore(Database database) : IDeploymentStore
{
    private const string Columns =
        "id, model, version, plan, actor, started, state, step, step_started AS StepStarted, ended, champion, champion_version AS ChampionVersion, forced, reason, outcome, revision";

    public Deployment? Find(DeploymentId id) => database.Read(connection =>
        connection.QueryFirstOrDefault<DeploymentRow>($"SELECT {Columns} FROM deployments WHERE id = @id", new { id = id.Value })?.ToDeployment());

    public IReadOnlyList<Deployment> List(DeploymentQuery query) => database.Read(connection => Rows(
        connection,
        $"SELECT {Columns} FROM deployments WHERE (@Model IS NULL OR model = @Model) AND (@Before IS NULL OR id < @Before) ORDER BY id DESC LIMIT @Limit",
        new { query.Model, Before = query.Before?.Value, query.Limit }));

    public IReadOnlyList<Deployment> InTraffic() => database.Read(connection => Rows(
        connection, $"SELECT {Columns} FROM deployments WHERE state IN ('live', 'rolling') ORDER BY model, id", null));

    public IReadOnlyList<RecordedVerdict> Verdicts(DeploymentId id) => database.Read(connection => connection
        .Query<VerdictRow>("SELECT deployment, at, step, share, verdict FROM deployment_verdicts WHERE deployment = @id ORDER BY number", new { id = id.Value })
        .Select(row => row.ToVerdict())
        .ToList());

    public Task<Result<Done>> SaveAsync(DeploymentChange change, CancellationToken ct) => database.WriteAsync(
        session =>
        {
            foreach (var row in change.Rows)
            {
                if (Save(session, row) is { } problem)
                {
                    return problem;
                }
            }

            if (change.Verdict is { } verdict)
            {
                Record(session, verdict);
            }

            session.Append(change.Event);
            return Result.Ok;
        },
        ct);

    public Task RecordAsync(RecordedVerdict verdict, CancellationToken ct) => database.CommitAsync(session => Record(session, verdict), ct);

    private static Problem? Save(WriteSession session, Deployment deployment)
    {
        var row = DeploymentRow.Of(deployment);
        if (Taken(session, row) is { } taken)
        {
            return taken;
        }

        var saved = deployment.Revision == 0
            ? session.Execute(
                """
                INSERT INTO deployments (id, model, version, plan, actor, started, state, step, step_started, ended, champion, champion_version, forced, reason, outcome, revision)
                VALUES (@Id, @Model, @Version, @Plan, @Actor, @Started, @State, @Step, @StepStarted, @Ended, @Champion, @ChampionVersion, @Forced, @Reason, @Outcome, 1)
                """,
                row)
            : session.Execute(
                """
                UPDATE deployments SET state = @State, step = @Step, step_started = @StepStarted, ended = @Ended, outcome = @Outcome, revision = revision + 1
                WHERE id = @Id AND revision = @Revision
                """,
                row);
        return saved == 1 ? null : new Problem(
            "deployment.changed", $"Deployment {deployment.Id} was changed by somebody else in the meantime.", $"Look at it with 'mw deployment show {deployment.Id}' and try again.", ProblemKind.Conflict);
    }

    // The unique indexes hold the same rule; asking first words it for people.
    private static Problem? Taken(WriteSession session, DeploymentRow row) =>
        row.State is not ("live" or "rolling")
        || session.QueryFirst<DeploymentRow>($"SELECT {Columns} FROM deployments WHERE model = @Model AND state = @State AND id <> @Id", row) is not { } other
            ? null
            : new Problem(
                "deployment.taken", $"Version {other.Version} of '{row.Model}' is {row.State} already (deployment {other.Id}).", "Run 'mw deployment list' and try again.", ProblemKind.Conflict);

    private static int Record(WriteSession session, RecordedVerdict verdict) => session.Execute(
        """
        INSERT INTO deployment_verdicts (deployment, number, at, step, share, verdict)
        VALUES (@Deployment, (SELECT COALESCE(MAX(number), 0) + 1 FROM deployment_verdicts WHERE deployment = @Deployment), @At, @Step, @Share, @Verdict)
        """,
        new
        {
            Deployment = verdict.Deployment.Value,
            At = LedgerHash.Time(verdict.At),
            verdict.Step,
            Share = verdict.Percent,
            Verdict = DeploymentText.Write(verdict.Verdict),
        });

    private static List<Deployment> Rows(DbConnection connection, string sql, object? parameters) =>
        [.. connection.Query<DeploymentRow>(sql, parameters).Select(row => row.ToDeployment())];
}
