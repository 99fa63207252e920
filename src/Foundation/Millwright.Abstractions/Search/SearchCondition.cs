using System.Collections.Immutable;

namespace Millwright.Abstractions.Search;

/// <summary>What a search condition looks at.</summary>
public enum SearchEntity
{
    /// <summary>A property of the thing itself, such as <c>status</c>.</summary>
    Attribute,

    /// <summary>The latest value of a metric.</summary>
    Metric,

    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>A data set that a run read.</summary>
    Dataset,
}

/// <summary>How a search condition compares.</summary>
public enum SearchComparator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c>: finds only things that have the key.</summary>
    NotEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>LIKE</c>: case-sensitive, <c>%</c> and <c>_</c> are wild, there is no escape character.</summary>
    Like,

    /// <summary><c>ILIKE</c>: like <see cref="Like"/>, but blind to case.</summary>
    ILike,

    /// <summary><c>IN</c></summary>
    In,

    /// <summary><c>NOT IN</c></summary>
    NotIn,
}

/// <summary>One condition of a filter, checked against a <see cref="SearchSchema"/>. All conditions of a filter hold together.</summary>
/// <param name="Entity">What is looked at.</param>
/// <param name="Key">Which one: the schema's own name of an attribute, or the key of a metric, parameter or tag.</param>
/// <param name="Comparator">How.</param>
public sealed record SearchCondition(SearchEntity Entity, string Key, SearchComparator Comparator)
{
    /// <summary>The value of a comparison with text.</summary>
    public string? Text { get; init; }

    /// <summary>The value of a comparison with a number.</summary>
    public double? Number { get; init; }

    /// <summary>The values of <see cref="SearchComparator.In"/> and <see cref="SearchComparator.NotIn"/>.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];
}

/// <summary>One key of an order.</summary>
/// <param name="Entity">What is looked at.</param>
/// <param name="Key">Which one.</param>
/// <param name="Descending">Greatest first.</param>
public sealed record SearchOrder(SearchEntity Entity, string Key, bool Descending);
