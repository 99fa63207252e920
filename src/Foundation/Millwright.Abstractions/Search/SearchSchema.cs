using System.Collections.Immutable;
using System.Globalization;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Search;

/// <summary>An attribute that may be searched.</summary>
/// <param name="Key">The name that conditions carry; several spellings may share one.</param>
/// <param name="IsNumber">Compared as a number.</param>
public sealed record SearchAttribute(string Key, bool IsNumber = false)
{
    /// <summary>Whether IN and NOT IN are allowed.</summary>
    public bool TakesList { get; init; }

    /// <summary>Whether a number may be quoted.</summary>
    public bool TakesQuotedNumber { get; init; }
}

/// <summary>What can be searched and ordered by: the difference between runs, experiments, models and versions.</summary>
public sealed record SearchSchema
{
    /// <summary>Spellings of the entities before the dot, such as <c>metrics</c> and <c>metric</c>.</summary>
    public required ImmutableDictionary<string, SearchEntity> Entities { get; init; }

    /// <summary>Spellings of the attributes.</summary>
    public required ImmutableDictionary<string, SearchAttribute> Attributes { get; init; }

    /// <summary>Spellings of the fields of data sets.</summary>
    public ImmutableDictionary<string, SearchAttribute> Datasets { get; init; } = ImmutableDictionary<string, SearchAttribute>.Empty;

    /// <summary>Spellings of the attributes to order by.</summary>
    public required ImmutableDictionary<string, SearchAttribute> Orders { get; init; }

    /// <summary>Entities other than attributes to order by.</summary>
    public ImmutableHashSet<SearchEntity> OrderEntities { get; init; } = [];

    /// <summary>Whether LIKE and its kin must be written in capitals.</summary>
    public bool CapitalKeywords { get; init; }

    /// <summary>The conditions of a filter; the first thing that is wrong is the problem.</summary>
    public Result<ImmutableArray<SearchCondition>> Filter(string? text)
    {
        if (!SearchText.Parse(text).TryGet(out var clauses, out var problem))
        {
            return problem;
        }

        var conditions = ImmutableArray.CreateBuilder<SearchCondition>(clauses.Length);
        foreach (var clause in clauses)
        {
            if (!Check(clause).TryGet(out var condition, out problem))
            {
                return problem;
            }

            conditions.Add(condition);
        }

        return conditions.MoveToImmutable();
    }

    /// <summary>The keys of an order, each written as <c>KEY [ASC|DESC]</c>; the same key twice is a problem.</summary>
    public Result<ImmutableArray<SearchOrder>> Order(IEnumerable<string> texts)
    {
        var orders = ImmutableArray.CreateBuilder<SearchOrder>();
        foreach (var text in texts)
        {
            if (!OrderBy(text).TryGet(out var order, out var problem))
            {
                return problem;
            }

            if (orders.Any(other => other.Entity == order.Entity && other.Key == order.Key))
            {
                return Bad($"`order_by` contains duplicate fields: {text}.", "Name each key once.");
            }

            orders.Add(order);
        }

        return orders.ToImmutable();
    }

    private static Problem Bad(string message, string fix) => new("search.filter", message, fix);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private Result<SearchCondition> Check(Clause clause)
    {
        var entity = SearchEntity.Attribute;
        if (clause.Entity is { } spelled && !Entities.TryGetValue(spelled, out entity))
        {
            return Bad($"Invalid entity type '{spelled}'.", $"Valid ones are: {Names(Entities.Keys)}.");
        }

        if (Comparator(clause.Comparator) is not { } comparator)
        {
            return Bad($"Invalid comparator '{clause.Comparator}'.", "Use =, !=, >, >=, <, <=, LIKE, ILIKE, IN or NOT IN.");
        }

        return entity switch
        {
            SearchEntity.Metric => Number(clause, new SearchCondition(entity, clause.Key, comparator), quoted: false),
            SearchEntity.Parameter or SearchEntity.Tag => Text(clause, new SearchCondition(entity, clause.Key, comparator)),
            _ => CheckAttribute(clause, entity, comparator),
        };
    }

    private Result<SearchCondition> CheckAttribute(Clause clause, SearchEntity entity, SearchComparator comparator)
    {
        var known = entity is SearchEntity.Dataset ? Datasets : Attributes;
        if (!known.TryGetValue(clause.Key, out var attribute))
        {
            return Bad($"Invalid {(entity is SearchEntity.Dataset ? "dataset" : "attribute")} key '{clause.Key}' specified.", $"Valid keys are: {Names(known.Keys)}.");
        }

        var condition = new SearchCondition(entity, attribute.Key, comparator);
        return attribute.IsNumber ? Number(clause, condition, attribute.TakesQuotedNumber)
            : comparator is SearchComparator.In or SearchComparator.NotIn ? List(clause, condition, attribute)
            : Text(clause, condition);
    }

    private static Result<SearchCondition> Number(Clause clause, SearchCondition condition, bool quoted)
    {
        if (!(clause.Value.Kind is OperandKind.Number || quoted && clause.Value.Kind is OperandKind.Text)
            || !SearchNumber.TryParse(clause.Value.Raw, out var number))
        {
            return Bad($"Expected numeric value type for '{clause.Key}'. Found {clause.Value.Raw}.", "Write a number without quotes.");
        }

        return condition.Comparator <= SearchComparator.LessOrEqual
            ? condition with { Number = number }
            : Bad($"Invalid comparator '{clause.Comparator}' for '{clause.Key}'.", "A number is compared by =, !=, >, >=, < or <=.");
    }

    private static Result<SearchCondition> Text(Clause clause, SearchCondition condition)
    {
        if (clause.Value.Kind is not OperandKind.Text)
        {
            return Bad($"Expected a quoted string value for '{clause.Key}' (e.g. 'my-value'). Got value {clause.Value.Raw}.", "Put the text in single or double quotes.");
        }

        return condition.Comparator is SearchComparator.Equal or SearchComparator.NotEqual or SearchComparator.Like or SearchComparator.ILike
            ? condition with { Text = clause.Value.Raw }
            : Bad($"Invalid comparator '{clause.Comparator}' for '{clause.Key}'.", "Text is compared by =, !=, LIKE or ILIKE.");
    }

    private static Result<SearchCondition> List(Clause clause, SearchCondition condition, SearchAttribute attribute)
    {
        if (!attribute.TakesList)
        {
            return Bad($"'{clause.Key}' cannot be compared with a list.", "Only run_id and the fields of datasets take IN and NOT IN.");
        }

        if (clause.Value.Kind is not OperandKind.List)
        {
            return new Problem("search.list", $"{clause.Comparator} wants a list, got '{clause.Value.Raw}'.", "Write it as IN ('a', 'b').");
        }

        return clause.Value.Items.IsEmpty || clause.Value.Items.Any(item => item.Kind is not OperandKind.Text)
            ? Bad("While parsing a list in the query, expected a non-empty list of string values.", "Write it as IN ('a', 'b').")
            : condition with { Texts = [.. clause.Value.Items.Select(item => item.Raw)] };
    }

    private SearchComparator? Comparator(string written) => (CapitalKeywords ? written : written.ToUpperInvariant()) switch
    {
        "=" => SearchComparator.Equal,
        "!=" => SearchComparator.NotEqual,
        ">" => SearchComparator.Greater,
        ">=" => SearchComparator.GreaterOrEqual,
        "<" => SearchComparator.Less,
        "<=" => SearchComparator.LessOrEqual,
        "LIKE" => SearchComparator.Like,
        "ILIKE" => SearchComparator.ILike,
        "IN" => SearchComparator.In,
        "NOT IN" => SearchComparator.NotIn,
        _ => null,
    };

    private Result<SearchOrder> OrderBy(string text)
    {
        var (written, descending) = (text.Trim(), false);
        if (written.LastIndexOf(' ') is > 0 and var space && written[^1] is not ('`' or '"'))
        {
            var word = written[(space + 1)..];
            descending = word.Equals("DESC", StringComparison.OrdinalIgnoreCase);
            if (!descending && !word.Equals("ASC", StringComparison.OrdinalIgnoreCase))
            {
                return Bad($"Invalid ordering key in order_by clause '{text}'.", "Write it as KEY, KEY ASC or KEY DESC.");
            }

            written = written[..space].TrimEnd();
        }

        var dot = written.IndexOf('.', StringComparison.Ordinal);
        var key = Unquote(written[(dot + 1)..]);
        if (key.Length == 0 || dot < 0 && key.AsSpan().ContainsAny(" ,"))
        {
            return Bad($"Invalid order_by clause '{text}'. Could not be parsed.", "Write it as KEY, KEY ASC or KEY DESC.");
        }

        var entity = SearchEntity.Attribute;
        if (dot >= 0 && !Entities.TryGetValue(written[..dot], out entity))
        {
            return Bad($"Invalid entity type '{written[..dot]}' in order_by clause '{text}'.", $"Valid ones are: {Names(Entities.Keys)}.");
        }

        if (entity is not SearchEntity.Attribute)
        {
            return OrderEntities.Contains(entity) && !(written[^1] is not ('`' or '"') && key.AsSpan().ContainsAny(" ,"))
                ? new SearchOrder(entity, key, descending)
                : Bad($"Invalid order_by clause '{text}'.", "Order by attributes or by keys of metrics, parameters and tags, one per entry.");
        }

        return Orders.TryGetValue(key, out var attribute)
            ? new SearchOrder(entity, attribute.Key, descending)
            : Bad($"Invalid order by key '{key}' specified.", $"Valid keys are: {Names(Orders.Keys)}.");
    }

    private static string Unquote(string key) =>
        key.Length >= 2 && key[0] is '`' or '"' && key[^1] == key[0] ? key[1..^1] : key;
}
