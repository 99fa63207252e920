using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Search;
using Millwright.Relational.Search;
using Millwright.Tracking;
using Millwright.Tracking.Experiments;

namespace Millwright.Relational.Tracking;

/// <summary>Experiments in the project's database.</summary>
internal sealed class SqlExperimentStore(Database database) : IExperimentStore
{
    private const string Columns = "e.id AS Id, e.name AS Name, e.artifact_location AS Location, e.deleted AS Deleted, e.created_at AS CreatedAt, e.updated_at AS UpdatedAt";

    public Task<Result<Experiment>> CreateAsync(
        string name, Func<ExperimentId, string> location, ImmutableSortedDictionary<string, string> tags, long at, Actor actor, CancellationToken ct) =>
        database.WriteAsync<Experiment>(
            session =>
            {
                if (session.QueryFirst<long?>("SELECT id FROM tracking_experiments WHERE name = @name", new { name }) is not null)
                {
                    return TrackingProblems.ExperimentExists(name);
                }

                // No two changes have the same time, so that the order by time is the order in which things happened.
                at = After(session, at);
                session.Execute(
                    "INSERT INTO tracking_experiments (name, artifact_location, deleted, created_at, updated_at) VALUES (@name, '', 0, @at, @at)", new { name, at });
                var id = session.QueryFirst<long>("SELECT id FROM tracking_experiments WHERE name = @name", new { name });
                var experiment = new Experiment(new ExperimentId(id), name, location(new ExperimentId(id)), Lifecycle.Active, at, at) { Tags = tags };
                session.Execute("UPDATE tracking_experiments SET artifact_location = @ArtifactLocation WHERE id = @id", new { experiment.ArtifactLocation, id });
                SetTags(session, id, tags);
                session.Append(TrackingEvents.Created(experiment, actor));
                return experiment;
            },
            ct);

    public Experiment? Find(ExperimentId id) => database.Read(connection =>
        Load(connection, $"SELECT {Columns} FROM tracking_experiments e WHERE e.id = @Value", new { id.Value }, null).FirstOrDefault());

    public Experiment? FindByName(string name) => database.Read(connection =>
        Load(connection, $"SELECT {Columns} FROM tracking_experiments e WHERE e.name = @name", new { name }, null).FirstOrDefault());

    public Task<Result<Experiment>> ChangeAsync(ExperimentId id, Func<Experiment, Result<ExperimentChange>> decide, CancellationToken ct) =>
        database.WriteAsync<Experiment>(
            session =>
            {
                if (Load(session.Connection, $"SELECT {Columns} FROM tracking_experiments e WHERE e.id = @Value", new { id.Value }, session.Transaction).FirstOrDefault() is not { } now)
                {
                    return TrackingProblems.UnknownExperiment(id);
                }

                if (!decide(now).TryGet(out var change, out var problem))
                {
                    return problem;
                }

                var next = change.Next.UpdatedAt == now.UpdatedAt ? change.Next : change.Next with { UpdatedAt = After(session, change.Next.UpdatedAt) };
                return Apply(session, now, change with { Next = next }) is { } taken ? taken : next;
            },
            ct);

    public IReadOnlyList<Experiment> Search(ExperimentQuery query)
    {
        var filter = new SqlFilter();
        if (query.Lifecycle is { } lifecycle)
        {
            filter.Add($"e.deleted = {filter.Value(lifecycle is Lifecycle.Deleted ? 1 : 0)}");
        }

        foreach (var condition in query.Where)
        {
            filter.Add(condition.Entity is SearchEntity.Tag
                ? $"EXISTS (SELECT 1 FROM tracking_experiment_tags t WHERE t.experiment = e.id AND t.key = {filter.Value(condition.Key)} AND {filter.Compare("t.value", condition)})"
                : filter.Compare(Column(condition.Key), condition));
        }

        var order = string.Concat(query.OrderBy.Select(key => $"{Column(key.Key)} {SqlFilter.Direction(key)}, "));
        var sql = $"SELECT {Columns} FROM tracking_experiments e WHERE {filter.Where} ORDER BY {order}e.created_at DESC, e.id DESC LIMIT {filter.Value(query.Limit)} OFFSET {filter.Value(query.Offset)}";
        return database.Read(connection => Load(connection, sql, filter.Parameters, null));
    }

    private static long After(WriteSession session, long at) =>
        Math.Max(at, 1 + session.QueryFirst<long>("SELECT MAX(updated_at) FROM tracking_experiments"));

    private static Problem? Apply(WriteSession session, Experiment now, ExperimentChange change)
    {
        var next = change.Next;
        if (next.Name != now.Name && session.QueryFirst<long?>("SELECT id FROM tracking_experiments WHERE name = @Name", new { next.Name }) is not null)
        {
            return TrackingProblems.ExperimentExists(next.Name);
        }

        var id = next.Id.Value;
        var deleted = next.Lifecycle is Lifecycle.Deleted ? 1 : 0;
        session.Execute(
            "UPDATE tracking_experiments SET name = @Name, deleted = @deleted, updated_at = @UpdatedAt WHERE id = @id", new { next.Name, deleted, next.UpdatedAt, id });
        if (next.Lifecycle != now.Lifecycle)
        {
            session.Execute("UPDATE tracking_runs SET deleted = @deleted WHERE experiment = @id", new { deleted, id });
        }

        foreach (var key in now.Tags.Keys.Except(next.Tags.Keys))
        {
            session.Execute("DELETE FROM tracking_experiment_tags WHERE experiment = @id AND key = @key", new { id, key });
        }

        SetTags(session, id, next.Tags.Except(now.Tags));
        if (change.Event is { } happened)
        {
            session.Append(happened);
        }

        return null;
    }

    private static void SetTags(WriteSession session, long id, IEnumerable<KeyValuePair<string, string>> tags) => session.Execute(
        "INSERT INTO tracking_experiment_tags (experiment, key, value) VALUES (@id, @Key, @Value) ON CONFLICT (experiment, key) DO UPDATE SET value = excluded.value",
        tags.Select(tag => new { id, tag.Key, tag.Value }).ToList());

    private static string Column(string key) => key switch
    {
        "name" => "e.name",
        "creation_time" => "e.created_at",
        "last_update_time" => "e.updated_at",
        _ => "e.id",
    };

    private static List<Experiment> Load(DbConnection connection, string sql, object parameters, DbTransaction? transaction)
    {
        var rows = connection.Query<Row>(sql, parameters, transaction).AsList();
        var tags = rows.Chunk(Batches.Size)
            .SelectMany(part => connection.Query<(long Owner, string Key, string Value)>(
                "SELECT experiment, key, value FROM tracking_experiment_tags WHERE experiment IN @ids", new { ids = part.Select(row => row.Id) }, transaction))
            .ToLookup(tag => tag.Owner, tag => KeyValuePair.Create(tag.Key, tag.Value));
        return rows.ConvertAll(row => new Experiment(
            new ExperimentId(row.Id), row.Name, row.Location, row.Deleted == 1 ? Lifecycle.Deleted : Lifecycle.Active, row.CreatedAt, row.UpdatedAt)
        {
            Tags = tags[row.Id].ToImmutableSortedDictionary(StringComparer.Ordinal),
        });
    }

    private sealed record Row(long Id, string Name, string Location, long Deleted, long CreatedAt, long UpdatedAt);
}
