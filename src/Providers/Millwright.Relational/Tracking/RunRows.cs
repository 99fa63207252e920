using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Millwright.Relational.Search;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Relational.Tracking;

/// <summary>A row of runs.</summary>
internal sealed record RunRow(
    long Id, string RunId, long Experiment, string Name, string UserId, string Status, long StartTime, long? EndTime, string ArtifactUri, long Deleted)
{
    public RunInfo ToInfo() => new(
        new RunId(RunId), new ExperimentId(Experiment), Name, UserId, Enum.Parse<RunStatus>(Status, ignoreCase: true), StartTime, EndTime, ArtifactUri,
        Deleted == 1 ? Lifecycle.Deleted : Lifecycle.Active);
}

/// <summary>Reads runs and, for many at once, what was logged to them.</summary>
internal static class RunRows
{
    public const string Columns = "r.id AS Id, r.run_id AS RunId, r.experiment AS Experiment, r.name AS Name, r.user_id AS UserId, r.status AS Status, "
        + "r.start_time AS StartTime, r.end_time AS EndTime, r.artifact_uri AS ArtifactUri, r.deleted AS Deleted";

    public static RunRow? Find(DbConnection connection, RunId id, DbTransaction? transaction) =>
        connection.QueryFirstOrDefault<RunRow>($"SELECT {Columns} FROM tracking_runs r WHERE r.run_id = @Value", new { id.Value }, transaction);

    public static IReadOnlyList<Run> Complete(DbConnection connection, IReadOnlyList<RunRow> rows, DbTransaction? transaction)
    {
        var runs = new List<Run>(rows.Count);
        foreach (var part in rows.Chunk(Batches.Size))
        {
            var ids = part.Select(row => row.Id).ToArray();
            var metrics = connection.Query<Latest>(
                    "SELECT run AS Run, key AS Key, value AS Value, is_nan AS IsNan, at AS At, step AS Step FROM tracking_latest WHERE run IN @ids ORDER BY id", new { ids }, transaction)
                .ToLookup(row => row.Run, row => new MetricPoint(row.Key, row.IsNan == 1 ? double.NaN : row.Value, row.At, row.Step));
            var parameters = Pairs(connection, "tracking_params", ids, transaction);
            var tags = Pairs(connection, "tracking_tags", ids, transaction);
            var datasets = Datasets(connection, ids, transaction);
            var models = connection.Query<(long Run, string ModelId, long Step)>("SELECT run, model_id, step FROM tracking_outputs WHERE run IN @ids ORDER BY id", new { ids }, transaction)
                .ToLookup(row => row.Run, row => new ModelOutput(row.ModelId, row.Step));
            runs.AddRange(part.Select(row => new Run(row.ToInfo(), [.. metrics[row.Id]], Sorted(parameters[row.Id]), Sorted(tags[row.Id]))
            {
                Datasets = [.. datasets[row.Id]],
                Models = [.. models[row.Id]],
            }));
        }

        return runs;
    }

    private static ImmutableSortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> pairs) =>
        pairs.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static ILookup<long, KeyValuePair<string, string>> Pairs(DbConnection connection, string table, long[] ids, DbTransaction? transaction) => connection
        .Query<(long Run, string Key, string Value)>($"SELECT run, key, value FROM {table} WHERE run IN @ids", new { ids }, transaction)
        .ToLookup(row => row.Run, row => KeyValuePair.Create(row.Key, row.Value));

    private static ILookup<long, DatasetInput> Datasets(DbConnection connection, long[] ids, DbTransaction? transaction) => connection
        .Query<DatasetRow>(
            """
            SELECT i.run AS Run, d.name AS Name, d.digest AS Digest, d.source_type AS SourceType, d.source AS Source, d.schema AS Schema, d.profile AS Profile, i.tags AS Tags
            FROM tracking_inputs i JOIN tracking_datasets d ON d.id = i.dataset WHERE i.run IN @ids ORDER BY i.id
            """,
            new { ids }, transaction)
        .ToLookup(row => row.Run, row => new DatasetInput(row.Name, row.Digest, row.SourceType, row.Source, row.Schema, row.Profile, TagsJson.Read(row.Tags)));

    private sealed record Latest(long Run, string Key, double Value, long IsNan, long At, long Step);

    private sealed record DatasetRow(long Run, string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile, string Tags);
}

/// <summary>Tags of an input as a JSON object; they are few, and never searched but for the context, which has a column.</summary>
internal static class TagsJson
{
    public static string Write(ImmutableSortedDictionary<string, string> tags)
    {
        var json = new System.Text.Json.Nodes.JsonObject();
        foreach (var (key, value) in tags)
        {
            json[key] = value;
        }

        return json.ToJsonString();
    }

    public static ImmutableSortedDictionary<string, string> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToImmutableSortedDictionary(tag => tag.Name, tag => tag.Value.GetString()!, StringComparer.Ordinal);
    }
}
