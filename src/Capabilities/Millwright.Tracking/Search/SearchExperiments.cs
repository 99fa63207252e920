using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Search;
using Millwright.Tracking.Experiments;

namespace Millwright.Tracking.Search;

/// <summary>Finds experiments by MLflow's filter language.</summary>
public sealed class SearchExperiments(IExperimentStore experiments)
{
    private static readonly ImmutableDictionary<string, SearchAttribute> Attributes = new Dictionary<string, SearchAttribute>
    {
        ["name"] = new("name"),
        ["creation_time"] = new("creation_time", IsNumber: true),
        ["last_update_time"] = new("last_update_time", IsNumber: true),
    }.ToImmutableDictionary();

    private static readonly SearchSchema Schema = new()
    {
        Entities = new Dictionary<string, SearchEntity>
        {
            ["attribute"] = SearchEntity.Attribute, ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag,
        }.ToImmutableDictionary(),
        Attributes = Attributes,
        Orders = Attributes.Add("experiment_id", new("experiment_id", IsNumber: true)),
        CapitalKeywords = true,
    };

    /// <summary>A page; <paramref name="limit"/> is 1 to 50,000.</summary>
    public Result<SearchPage<Experiment>> Run(
        string? filter, IEnumerable<string> orderBy, Lifecycle? lifecycle, int limit, string? token) =>
        SearchPaging.CheckLimit(limit) is { } bad
            ? bad
            : Schema.Filter(filter).Then(where => Schema.Order(orderBy).Then(order => PageToken.Read(token).Map(offset => SearchPaging.Cut(
                experiments.Search(new ExperimentQuery(where, order, lifecycle, offset, limit + 1)), offset, limit))));
}
