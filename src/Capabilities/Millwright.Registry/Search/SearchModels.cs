using System.Collections.Immutable;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Search;

namespace Millwright.Registry.Search;

/// <summary>A page of what was found.</summary>
/// <typeparam name="T">What was searched.</typeparam>
/// <param name="Items">In the asked order.</param>
/// <param name="Next">Token of the next page, or null at the end.</param>
public sealed record ModelPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Finds models and versions by MLflow's filter language. Registries are small, so what is there is looked through in memory.</summary>
public sealed class SearchModels(IModelStore models)
{
    private const int MostModels = 1000;
    private const int MostVersions = 200_000;
    private const int Chunk = 500;

    // Clients add "is no prompt" to every search; it must hold for models that do not have the tag at all.
    private const string PromptTag = "mlflow.prompt.is_prompt";

    private static readonly ImmutableDictionary<string, SearchEntity> Entities = new Dictionary<string, SearchEntity>
    {
        ["attribute"] = SearchEntity.Attribute, ["tag"] = SearchEntity.Tag, ["tags"] = SearchEntity.Tag,
    }.ToImmutableDictionary();

    private static readonly SearchSchema ModelSchema = new()
    {
        Entities = Entities,
        Attributes = new Dictionary<string, SearchAttribute> { ["name"] = new("name") }.ToImmutableDictionary(),
        Orders = new Dictionary<string, SearchAttribute>
        {
            ["name"] = new("name"), ["timestamp"] = new("updated"), ["last_updated_timestamp"] = new("updated"),
        }.ToImmutableDictionary(),
    };

    private static readonly SearchSchema VersionSchema = new()
    {
        Entities = Entities,
        Attributes = new Dictionary<string, SearchAttribute>
        {
            ["name"] = new("name"),
            ["run_id"] = new("run_id") { TakesList = true },
            ["source_path"] = new("source"),
            ["version_number"] = new("version", IsNumber: true) { TakesQuotedNumber = true },
        }.ToImmutableDictionary(),
        Orders = new Dictionary<string, SearchAttribute>
        {
            ["name"] = new("name"), ["version_number"] = new("version"), ["creation_timestamp"] = new("created"), ["last_updated_timestamp"] = new("updated"),
        }.ToImmutableDictionary(),
    };

    /// <summary>A page of models, by name; <paramref name="limit"/> is at most 1000, and 0 or less gives nothing but a token.</summary>
    public Result<ModelPage<ModelState>> Models(string? filter, IEnumerable<string> orderBy, int limit, string? token) =>
        limit > MostModels ? TooMany(limit, MostModels) : Query(ModelSchema, filter, orderBy, token).Map(query =>
        {
            var found = All().Where(state => query.Where.All(condition => Holds(condition, state)));
            var sorted = Sort(found, query.Order, (state, key) => key is "name" ? state.Model.Name : state.Model.UpdatedAt)
                .ThenBy(state => state.Model.Name, StringComparer.Ordinal);
            return limit <= 0 ? new ModelPage<ModelState>([], PageToken.Write(query.Offset)) : Cut(sorted, query.Offset, limit);
        });

    /// <summary>A page of versions, last changed first; <paramref name="limit"/> is 1 to 200,000.</summary>
    public Result<ModelPage<ModelVersion>> Versions(string? filter, IEnumerable<string> orderBy, int limit, string? token) => limit switch
    {
        > MostVersions => TooMany(limit, MostVersions),
        < 1 => new Problem("field.range", $"Invalid value for max_results. It must be a positive integer, but got {limit}", "Ask for 1 to 200000."),
        _ => Query(VersionSchema, filter, orderBy, token).Map(query =>
        {
            var found = All().SelectMany(state => state.Versions).Where(version => query.Where.All(condition => Holds(condition, version)));
            var order = query.Order.IsEmpty ? [new SearchOrder(SearchEntity.Attribute, "updated", Descending: true)] : query.Order;
            return Cut(
                Sort(found, order, Key).ThenBy(version => version.Name, StringComparer.Ordinal).ThenByDescending(version => version.Version),
                query.Offset, limit);
        }),
    };

    private IEnumerable<ModelState> All()
    {
        string? after = null;
        do
        {
            var page = models.List(after, Chunk);
            foreach (var state in page)
            {
                yield return state;
            }

            after = page.Count == Chunk ? page[^1].Model.Name : null;
        }
        while (after is not null);
    }

    private static bool Holds(SearchCondition condition, ModelState state) => condition.Entity is SearchEntity.Tag
        ? state.Model.Tags.TryGetValue(condition.Key, out var value) ? SearchMatch.Holds(condition, value) : condition is { Key: PromptTag, Comparator: SearchComparator.NotEqual }
        : SearchMatch.Holds(condition, state.Model.Name);

    private static bool Holds(SearchCondition condition, ModelVersion version) => (condition.Entity, condition.Key) switch
    {
        (SearchEntity.Tag, _) => version.Tags.TryGetValue(condition.Key, out var value) && SearchMatch.Holds(condition, value),
        (_, "version") => SearchMatch.Holds(condition, version.Version),
        (_, "run_id") => SearchMatch.Holds(condition, version.RunId ?? ""),
        (_, "source") => SearchMatch.Holds(condition, version.Source),
        _ => SearchMatch.Holds(condition, version.Name),
    };

    private static IComparable Key(ModelVersion version, string key) => key switch
    {
        "name" => version.Name,
        "version" => version.Version,
        "created" => version.CreatedAt,
        _ => version.UpdatedAt,
    };

    private static IOrderedEnumerable<T> Sort<T>(IEnumerable<T> items, ImmutableArray<SearchOrder> order, Func<T, string, IComparable> key)
    {
        var sorted = items.OrderBy(_ => 0);
        foreach (var by in order)
        {
            sorted = by.Descending ? sorted.ThenByDescending(item => key(item, by.Key), ByBytes) : sorted.ThenBy(item => key(item, by.Key), ByBytes);
        }

        return sorted;
    }

    // Texts sort as their characters are numbered: Zoo before apple.
    private static readonly Comparer<IComparable> ByBytes =
        Comparer<IComparable>.Create((left, right) => left is string text ? string.CompareOrdinal(text, (string)right) : left.CompareTo(right));

    private static Result<(ImmutableArray<SearchCondition> Where, ImmutableArray<SearchOrder> Order, int Offset)> Query(
        SearchSchema schema, string? filter, IEnumerable<string> orderBy, string? token) =>
        schema.Filter(filter).Then(where => schema.Order(orderBy).Then(order => PageToken.Read(token).Map(offset => (where, order, offset))));

    private static Problem TooMany(int limit, int most) =>
        new("field.range", $"Invalid value {limit} for parameter 'max_results' supplied. It must be at most {most}", $"Ask for at most {most}.");

    private static ModelPage<T> Cut<T>(IEnumerable<T> sorted, int offset, int limit)
    {
        var found = sorted.Skip(offset).Take(limit + 1).ToList();
        return found.Count > limit
            ? new ModelPage<T>(found[..limit], PageToken.Write((long)offset + limit))
            : new ModelPage<T>(found, null);
    }
}
