using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Search;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking.Search;

/// <summary>Finds runs by MLflow's filter language.</summary>
public sealed class SearchRuns(IRunStore runs)
{
    private static readonly ImmutableDictionary<string, SearchAttribute> Attributes = new Dictionary<string, SearchAttribute>
    {
        ["run_id"] = new("run_id") { TakesList = true },
        ["run_name"] = new("run_name"),
        ["run name"] = new("run_name"),
        ["Run name"] = new("run_name"),
        ["status"] = new("status"),
        ["user_id"] = new("user_id"),
        ["artifact_uri"] = new("artifact_uri"),
        ["start_time"] = new("start_time", IsNumber: true),
        ["created"] = new("start_time", IsNumber: true),
        ["Created"] = new("start_time", IsNumber: true),
        ["end_time"] = new("end_time", IsNumber: true),
    }.ToImmutableDictionary();

    private static readonly SearchSchema Schema = new()
    {
        Entities = new Dictionary<string, SearchEntity>
        {
            ["metric"] = SearchEntity.Metric, ["metrics"] = SearchEntity.Metric,
            ["param"] = SearchEntity.Parameter, ["params"] = SearchEntity.Parameter,
            ["parameter"] = SearchEntity.Parameter, ["parameters"] = SearchEntity.Parameter,
            ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag,
            ["attr"] = SearchEntity.Attribute, ["attribute"] = SearchEntity.Attribute, ["attributes"] = SearchEntity.Attribute, ["run"] = SearchEntity.Attribute,
            ["dataset"] = SearchEntity.Dataset, ["datasets"] = SearchEntity.Dataset,
        }.ToImmutableDictionary(),
        Attributes = Attributes,
        Datasets = new Dictionary<string, SearchAttribute>
        {
            ["name"] = new("name") { TakesList = true }, ["digest"] = new("digest") { TakesList = true }, ["context"] = new("context") { TakesList = true },
        }.ToImmutableDictionary(),
        Orders = Attributes,
        OrderEntities = [SearchEntity.Metric, SearchEntity.Parameter, SearchEntity.Tag],
    };

    /// <summary>
    /// A page; <paramref name="limit"/> is 1 to 50,000. As MLflow does, a page that is exactly full carries a token even when nothing follows.
    /// </summary>
    public Result<SearchPage<Run>> Run(
        IReadOnlyCollection<ExperimentId> experiments, string? filter, IEnumerable<string> orderBy, Lifecycle? lifecycle, int limit, string? token, RunKind? kind = null) =>
        SearchPaging.CheckLimit(limit) is { } bad
            ? bad
            : Schema.Filter(filter).Then(where => Schema.Order(orderBy).Then(order => PageToken.Read(token).Map(offset =>
                Page(new RunQuery(experiments, where, order, lifecycle, offset, limit) { Kind = kind }))));

    private SearchPage<Run> Page(RunQuery query)
    {
        var found = query.Experiments.Count == 0 ? [] : runs.Search(query);
        return new SearchPage<Run>(found, found.Count == query.Limit ? PageToken.Write((long)query.Offset + found.Count) : null);
    }
}
