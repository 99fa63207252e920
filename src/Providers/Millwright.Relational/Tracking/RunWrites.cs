using Millwright.Tracking;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Relational.Tracking;

/// <summary>Writes what is added to a run.</summary>
internal static class RunWrites
{
    public static long Insert(WriteSession session, RunInfo info)
    {
        session.Execute(
            """
            INSERT INTO tracking_runs (run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, deleted)
            VALUES (@RunId, @Experiment, @Name, @User, @Status, @StartTime, @EndTime, @ArtifactUri, 0)
            """,
            new
            {
                RunId = info.Id.Value, Experiment = info.Experiment.Value, info.Name, info.User, Status = Word(info.Status), info.StartTime, info.EndTime, info.ArtifactUri,
            });
        return session.QueryFirst<long>("SELECT id FROM tracking_runs WHERE run_id = @Value", new { info.Id.Value });
    }

    public static void Apply(WriteSession session, long run, long experiment, RunChange change)
    {
        if (change.Info is { } info)
        {
            session.Execute(
                "UPDATE tracking_runs SET name = @Name, status = @Status, end_time = @EndTime, deleted = @Deleted WHERE id = @run",
                new { info.Name, Status = Word(info.Status), info.EndTime, Deleted = info.Lifecycle is Lifecycle.Deleted ? 1 : 0, run });
        }

        Metrics(session, run, change.Metrics);
        Each(session, "INSERT INTO tracking_params (run, key, value) VALUES (@run, @Key, @Value)", change.Parameters.Select(pair => new { run, pair.Key, pair.Value }));
        Each(
            session, "INSERT INTO tracking_tags (run, key, value) VALUES (@run, @Key, @Value) ON CONFLICT (run, key) DO UPDATE SET value = excluded.value",
            change.Tags.Select(pair => new { run, pair.Key, pair.Value }));
        Each(session, "DELETE FROM tracking_tags WHERE run = @run AND key = @key", change.RemovedTags.Select(key => new { run, key }));
        Each(
            session, "INSERT INTO tracking_outputs (run, model_id, step) VALUES (@run, @ModelId, @Step) ON CONFLICT DO NOTHING",
            change.Models.Select(model => new { run, model.ModelId, model.Step }));
        Datasets(session, run, experiment, change.Datasets);
        if (change.Event is { } happened)
        {
            session.Append(happened);
        }
    }

    private static void Metrics(WriteSession session, long run, IReadOnlyList<MetricPoint> points)
    {
        Each(
            session, "INSERT INTO tracking_metrics (run, key, at, step, value, is_nan) VALUES (@run, @Key, @Timestamp, @Step, @Stored, @IsNan) ON CONFLICT DO NOTHING",
            points.Select(point => Row(run, point)));
        // Only the greatest of a batch can be the latest; keys stay in the order of their first point.
        Each(
            session,
            """
            INSERT INTO tracking_latest (run, key, value, is_nan, at, step) VALUES (@run, @Key, @Stored, @IsNan, @Timestamp, @Step)
            ON CONFLICT (run, key) DO UPDATE SET value = excluded.value, is_nan = excluded.is_nan, at = excluded.at, step = excluded.step
            WHERE (excluded.step, excluded.at, excluded.value) > (tracking_latest.step, tracking_latest.at, tracking_latest.value)
            """,
            points.GroupBy(point => point.Key, StringComparer.Ordinal).Select(group => Row(run, group.MaxBy(point => (point.Step, point.Timestamp, point.Stored))!)));
    }

    private static object Row(long run, MetricPoint point) =>
        new { run, point.Key, point.Timestamp, point.Step, point.Stored, IsNan = double.IsNaN(point.Value) ? 1 : 0 };

    private static void Datasets(WriteSession session, long run, long experiment, IReadOnlyList<DatasetInput> datasets)
    {
        foreach (var dataset in datasets)
        {
            session.Execute(
                """
                INSERT INTO tracking_datasets (experiment, name, digest, source_type, source, schema, profile)
                VALUES (@experiment, @Name, @Digest, @SourceType, @Source, @Schema, @Profile) ON CONFLICT DO NOTHING
                """,
                new { experiment, dataset.Name, dataset.Digest, dataset.SourceType, dataset.Source, dataset.Schema, dataset.Profile });
            session.Execute(
                """
                INSERT INTO tracking_inputs (run, dataset, context, tags)
                SELECT @run, id, @Context, @Tags FROM tracking_datasets WHERE experiment = @experiment AND name = @Name AND digest = @Digest
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    run, experiment, dataset.Name, dataset.Digest,
                    Context = dataset.Tags.GetValueOrDefault(DatasetInput.ContextTag), Tags = TagsJson.Write(dataset.Tags),
                });
        }
    }

    private static void Each(WriteSession session, string sql, IEnumerable<object> rows)
    {
        if (rows.ToList() is { Count: > 0 } all)
        {
            session.Execute(sql, all);
        }
    }

    private static string Word(RunStatus status) => status.ToString().ToUpperInvariant();
}
