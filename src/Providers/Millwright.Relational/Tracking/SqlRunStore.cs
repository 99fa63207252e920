using Dapper;
using Millwright.Abstractions.Results;
using Millwright.Tracking;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Relational.Tracking;

/// <summary>Runs in the project's database.</summary>
internal sealed class SqlRunStore(Database database) : IRunStore
{
    public Task<Result<Run>> CreateAsync(NewRun run, CancellationToken ct) => database.WriteAsync<Run>(
        session =>
        {
            if (RunRows.Find(session.Connection, run.Id, session.Transaction) is { } known)
            {
                return RunRows.Complete(session.Connection, [known], session.Transaction)[0];
            }

            var experiment = session.QueryFirst<Home>(
                "SELECT artifact_location AS Location, deleted AS Deleted FROM tracking_experiments WHERE id = @Value", new { run.Experiment.Value });
            return experiment is null ? TrackingProblems.UnknownExperiment(run.Experiment)
                : experiment.Deleted == 1 ? TrackingProblems.ExperimentDeleted(run.Experiment)
                : Insert(session, run, experiment.Location);
        },
        ct);

    public Run? Find(RunId id) => database.Read(connection =>
        RunRows.Find(connection, id, null) is { } row ? RunRows.Complete(connection, [row], null)[0] : null);

    public RunInfo? FindInfo(RunId id) => database.Read(connection => RunRows.Find(connection, id, null)?.ToInfo());

    public Task<Result<RunInfo>> ChangeAsync(RunId id, Func<IRunUnderChange, Result<RunChange>> decide, CancellationToken ct) => database.WriteAsync<RunInfo>(
        session =>
        {
            if (RunRows.Find(session.Connection, id, session.Transaction) is not { } row)
            {
                return TrackingProblems.UnknownRun(id);
            }

            var run = new RunUnderChange(session, row.Id, row.ToInfo());
            return decide(run).Map(change =>
            {
                RunWrites.Apply(session, row.Id, row.Experiment, change);
                return change.Info ?? run.Info;
            });
        },
        ct);

    public IReadOnlyList<Run> Search(RunQuery query)
    {
        var (sql, parameters) = RunSearchSql.Build(query);
        return database.Read(connection => RunRows.Complete(connection, connection.Query<RunRow>(sql, parameters).AsList(), null));
    }

    public IReadOnlyList<MetricPoint> History(RunId run, string key, int offset, int limit) => Points(
        "ORDER BY m.at, m.step, m.value LIMIT @limit OFFSET @offset", new { Run = run.Value, key, limit, offset });

    public IReadOnlyList<long> Steps(RunId run, string key) => database.Read(connection => connection.Query<long>(
        "SELECT DISTINCT m.step FROM tracking_metrics m JOIN tracking_runs r ON r.id = m.run WHERE r.run_id = @Run AND m.key = @key ORDER BY m.step",
        new { Run = run.Value, key }).AsList());

    public IReadOnlyList<MetricPoint> AtSteps(RunId run, string key, IReadOnlyCollection<long> steps, int limit) => Points(
        "AND m.step IN @steps ORDER BY m.step, m.at, m.value LIMIT @limit", new { Run = run.Value, key, steps, limit });

    public IReadOnlyList<DatasetSummary> Datasets(IReadOnlyCollection<ExperimentId> experiments, int limit) => database.Read(connection => connection
        .Query<(long Experiment, string Name, string Digest, string? Context)>(
            """
            SELECT DISTINCT d.experiment, d.name, d.digest, i.context FROM tracking_datasets d JOIN tracking_inputs i ON i.dataset = d.id
            WHERE d.experiment IN @ids ORDER BY d.name, d.digest, i.context, d.experiment LIMIT @limit
            """,
            new { ids = experiments.Select(id => id.Value), limit })
        .Select(row => new DatasetSummary(new ExperimentId(row.Experiment), row.Name, row.Digest, row.Context))
        .ToList());

    private List<MetricPoint> Points(string tail, object parameters) => database.Read(connection => connection
        .Query<(string Key, double Value, long IsNan, long At, long Step)>(
            "SELECT m.key, m.value, m.is_nan, m.at, m.step FROM tracking_metrics m JOIN tracking_runs r ON r.id = m.run WHERE r.run_id = @Run AND m.key = @key " + tail,
            parameters)
        .Select(point => new MetricPoint(point.Key, point.IsNan == 1 ? double.NaN : point.Value, point.At, point.Step))
        .ToList());

    private static Run Insert(WriteSession session, NewRun run, string location)
    {
        var info = new RunInfo(
            run.Id, run.Experiment, run.Name, run.User, RunStatus.Running, run.StartTime, null,
            $"{location.TrimEnd('/')}/{run.Id}/artifacts", Lifecycle.Active);
        var id = RunWrites.Insert(session, info);
        RunWrites.Apply(session, id, run.Experiment.Value, new RunChange { Tags = run.Tags, Parameters = run.Parameters });
        if (run.Actor is { } actor)
        {
            session.Append(TrackingEvents.Started(info, actor));
        }

        return new Run(info, [], run.Parameters, run.Tags);
    }

    private sealed record Home(string Location, long Deleted);

    private sealed class RunUnderChange(WriteSession session, long id, RunInfo info) : IRunUnderChange
    {
        public RunInfo Info => info;

        public string? Parameter(string key) => session.QueryFirst<string>("SELECT value FROM tracking_params WHERE run = @id AND key = @key", new { id, key });

        public string? Tag(string key) => session.QueryFirst<string>("SELECT value FROM tracking_tags WHERE run = @id AND key = @key", new { id, key });
    }
}
