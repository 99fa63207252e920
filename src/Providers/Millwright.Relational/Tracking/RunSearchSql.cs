using Dapper;
using Millwright.Abstractions.Search;
using Millwright.Relational.Search;
using Millwright.Tracking;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Relational.Tracking;

/// <summary>A search for runs as one statement over their own row, with a lookup per condition in the narrow tables.</summary>
internal static class RunSearchSql
{
    public static (string Sql, DynamicParameters Parameters) Build(RunQuery query)
    {
        var filter = new SqlFilter();
        filter.Add($"r.experiment IN {filter.Value(query.Experiments.Select(id => id.Value).ToArray())}");
        if (query.Lifecycle is { } lifecycle)
        {
            filter.Add($"r.deleted = {filter.Value(lifecycle is Lifecycle.Deleted ? 1 : 0)}");
        }

        if (query.Kind is { } kind)
        {
            filter.Add($"{(kind is RunKind.Pipeline ? "" : "NOT ")}EXISTS (SELECT 1 FROM tracking_tags k WHERE k.run = r.id AND k.key = {filter.Value(Run.PipelineTag)})");
        }

        foreach (var condition in query.Where)
        {
            filter.Add(Condition(filter, condition));
        }

        var joins = new List<string>();
        var order = string.Concat(query.OrderBy.Select(key => Order(filter, joins, key)));
        var sql = $"SELECT {RunRows.Columns} FROM tracking_runs r {string.Join(' ', joins)} WHERE {filter.Where} ORDER BY {order}r.start_time DESC, r.run_id "
            + $"LIMIT {filter.Value(query.Limit)} OFFSET {filter.Value(query.Offset)}";
        return (sql, filter.Parameters);
    }

    private static string Condition(SqlFilter filter, SearchCondition condition) => condition.Entity switch
    {
        SearchEntity.Metric => Keyed("tracking_latest", filter, condition),
        SearchEntity.Parameter => Keyed("tracking_params", filter, condition),
        SearchEntity.Tag => Keyed("tracking_tags", filter, condition),
        SearchEntity.Dataset => $"EXISTS (SELECT 1 FROM tracking_inputs i JOIN tracking_datasets d ON d.id = i.dataset WHERE i.run = r.id AND {filter.Compare(DatasetColumn(condition.Key), condition)})",
        _ => filter.Compare(Column(condition.Key), condition),
    };

    private static string Keyed(string table, SqlFilter filter, SearchCondition condition) =>
        $"EXISTS (SELECT 1 FROM {table} k WHERE k.run = r.id AND k.key = {filter.Value(condition.Key)} AND {filter.Compare("k.value", condition)})";

    // Real values come first both ways, then NaN, then runs without a value.
    private static string Order(SqlFilter filter, List<string> joins, SearchOrder key)
    {
        if (key.Entity is SearchEntity.Attribute)
        {
            return $"{Column(key.Key)} IS NULL, {Column(key.Key)} {SqlFilter.Direction(key)}, ";
        }

        var alias = $"o{joins.Count}";
        var table = key.Entity is SearchEntity.Metric ? "tracking_latest" : key.Entity is SearchEntity.Parameter ? "tracking_params" : "tracking_tags";
        joins.Add($"LEFT JOIN {table} {alias} ON {alias}.run = r.id AND {alias}.key = {filter.Value(key.Key)}");
        var rank = key.Entity is SearchEntity.Metric
            ? $"CASE WHEN {alias}.value IS NULL THEN 2 WHEN {alias}.is_nan = 1 THEN 1 ELSE 0 END"
            : $"{alias}.value IS NULL";
        return $"{rank}, {alias}.value {SqlFilter.Direction(key)}, ";
    }

    private static string Column(string key) => key switch
    {
        "run_id" => "r.run_id",
        "run_name" => "r.name",
        "status" => "r.status",
        "user_id" => "r.user_id",
        "artifact_uri" => "r.artifact_uri",
        "start_time" => "r.start_time",
        _ => "r.end_time",
    };

    private static string DatasetColumn(string key) => key switch
    {
        "name" => "d.name",
        "digest" => "d.digest",
        _ => "i.context",
    };
}
