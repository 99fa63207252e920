using Dapper;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Pipelines;

namespace Millwright.Relational.Pipelines;

/// <summary>Runs in the project's database.</summary>
internal sealed class SqlRunStore(Database database) : IRunStore
{
    private const string SaveRun = """
        INSERT INTO runs (id, pipeline, plan, file, actor, state, started_at, finished_at, parameters, commit_sha, data, started_by, problem)
        VALUES (@Id, @Pipeline, @Plan, @File, @Actor, @State, @StartedAt, @FinishedAt, @Parameters, @CommitSha, @Data, @StartedBy, @Problem)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, finished_at = excluded.finished_at, problem = excluded.problem
        """;

    private const string SaveStep = """
        INSERT INTO run_steps (run_id, step, ordinal, state, attempts, started_at, finished_at, cache_key, facets, why, outputs, report, made_by, problem)
        VALUES (@RunId, @Step, @Ordinal, @State, @Attempts, @StartedAt, @FinishedAt, @CacheKey, @Facets, @Why, @Outputs, @Report, @MadeBy, @Problem)
        ON CONFLICT (run_id, step) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, started_at = excluded.started_at,
            finished_at = excluded.finished_at, cache_key = excluded.cache_key, facets = excluded.facets, why = excluded.why,
            outputs = excluded.outputs, report = excluded.report, made_by = excluded.made_by, problem = excluded.problem
        """;

    // The event that an interrupted run ends with comes after all others, wherever those ended.
    private const string SaveEvent = """
        INSERT INTO run_events (run_id, seq, at, kind, step, state, attempt, text, duration)
        VALUES (@RunId, CASE WHEN @Seq = 9223372036854775807 THEN (SELECT COALESCE(MAX(seq), 0) + 1 FROM run_events WHERE run_id = @RunId) ELSE @Seq END,
            @At, @Kind, @Step, @State, @Attempt, @Text, @Duration)
        """;

    public async Task<bool> SaveAsync(RunChange change, CancellationToken ct)
    {
        var saved = await database.WriteAsync(session => Save(session, change), ct);
        return saved.Problem switch
        {
            null => true,
            { Code: "run.triggered-before" } => false,
            var outage => throw new OutageException(outage),
        };
    }

    public Task<RunRecord?> FindAsync(string id, CancellationToken ct) => Task.FromResult(database.Read(connection =>
    {
        var found = connection.Query<RunRow>(
            $"SELECT {RunRow.Columns} FROM runs WHERE id >= @id AND id < @end ORDER BY id LIMIT 2", new { id, end = id + '~' }).AsList();
        return found.Count == 1 || (found.Count > 1 && found[0].Id == id) ? found[0].ToRecord() : null;
    }));

    public Task<IReadOnlyList<RunRecord>> ListAsync(RunQuery query, CancellationToken ct) => Task.FromResult(database.Read(connection =>
    {
        var where = new List<string> { "1 = 1" };
        where.AddRange(query.Pipeline is null ? [] : ["pipeline = @Pipeline"]);
        where.AddRange(query.State is null ? [] : ["state = @State"]);
        where.AddRange(query.Before is null ? [] : ["id < @Before"]);
        return (IReadOnlyList<RunRecord>)[.. connection.Query<RunRow>(
            $"SELECT {RunRow.Columns} FROM runs WHERE {string.Join(" AND ", where)} ORDER BY id DESC LIMIT @Limit",
            new { query.Pipeline, State = query.State is { } state ? Cells.Name(state) : null, query.Before, query.Limit }).Select(row => row.ToRecord())];
    }));

    public Task<IReadOnlyList<StepRecord>> StepsAsync(string runId, CancellationToken ct) => Task.FromResult(database.Read(connection =>
        (IReadOnlyList<StepRecord>)[.. connection.Query<StepRow>(
            $"SELECT {StepRow.Columns} FROM run_steps s WHERE s.run_id = @runId ORDER BY s.ordinal", new { runId }).Select(row => row.ToRecord())]));

    public Task<IReadOnlyList<RunEvent>> EventsAsync(string runId, long after, CancellationToken ct) => Task.FromResult(database.Read(connection =>
        (IReadOnlyList<RunEvent>)[.. connection.Query<RunEventRow>(
            """
            SELECT run_id AS RunId, seq AS Seq, at AS At, kind AS Kind, step AS Step, state AS State, attempt AS Attempt, text AS Text, duration AS Duration
            FROM run_events WHERE run_id = @runId AND seq > @after ORDER BY seq
            """,
            new { runId, after }).Select(row => row.ToEvent())]));

    public Task<CachedStep?> FindCachedAsync(ContentDigest key, CancellationToken ct) => Task.FromResult(database.Read(connection =>
        connection.QueryFirstOrDefault<StepRow>(
            $"SELECT {StepRow.Columns} FROM run_steps s WHERE s.cache_key = @key AND s.state = 'succeeded' ORDER BY s.finished_at DESC LIMIT 1",
            new { key = key.ToString() }) is { } row
            ? new CachedStep(row.RunId, row.OutputDigests(), row.StepReport())
            : null));

    public Task<StepRecord?> FindLastAsync(string pipeline, string step, string exceptRun, CancellationToken ct) => Task.FromResult(database.Read(connection =>
        connection.QueryFirstOrDefault<StepRow>(
            $"""
            SELECT {StepRow.Columns} FROM run_steps s JOIN runs r ON r.id = s.run_id
            WHERE s.step = @step AND r.pipeline = @pipeline AND s.run_id <> @exceptRun AND s.facets IS NOT NULL ORDER BY s.run_id DESC LIMIT 1
            """,
            new { pipeline, step, exceptRun })?.ToRecord()));

    public Task<string?> FindPlanAsync(ContentDigest digest, CancellationToken ct) => Task.FromResult(database.Read(connection =>
        connection.QueryFirstOrDefault<string>("SELECT plan FROM pipeline_plans WHERE digest = @digest", new { digest = digest.ToString() })));

    private static Result<Done> Save(WriteSession session, RunChange change)
    {
        if (change is { Run: { } run, Plan: { } plan })
        {
            if (run.Trigger != RunRecord.Manual
                && session.QueryFirst<string>("SELECT id FROM runs WHERE pipeline = @Pipeline AND started_by = @Trigger", new { run.Pipeline, run.Trigger }) is not null)
            {
                return new Problem("run.triggered-before", $"'{run.Trigger}' already started '{run.Pipeline}'.", "Nothing to do.", ProblemKind.Conflict);
            }

            session.Execute("INSERT INTO pipeline_plans (digest, plan) VALUES (@digest, @plan) ON CONFLICT (digest) DO NOTHING", new { digest = run.Plan.ToString(), plan });
        }

        if (change.Run is not null)
        {
            session.Execute(SaveRun, RunRow.From(change.Run));
        }

        session.Execute(SaveStep, change.Steps.Select(StepRow.From));
        session.Execute(SaveEvent, change.Events.Select(RunEventRow.From));
        foreach (var draft in change.Ledger)
        {
            session.Append(draft);
        }

        return Done.Value;
    }
}
