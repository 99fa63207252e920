using System.Collections.Immutable;

namespace Millwright.Features.Encoding;

/// <summary>How raw columns become a model's vector; fitted on training data and kept with the model.</summary>
/// <param name="Columns">Raw columns in order.</param>
public sealed record FeatureEncoding(ImmutableArray<EncodedColumn> Columns)
{
    /// <summary>What the model learns, or null.</summary>
    public EncodedLabel? Label { get; init; }

    /// <summary>The column that identifies rows, or null.</summary>
    public string? RowId { get; init; }

    /// <summary>Raw columns that tables carry along beside the features, such as sensitive ones for the fairness report.</summary>
    public ImmutableArray<string> Keep { get; init; } = [];

    /// <summary>Names of the features in order: a number keeps its name, a category becomes <c>column=category</c>.</summary>
    public ImmutableArray<string> Features =>
        [.. Columns.SelectMany(column => column.IsText ? column.Categories.Select(category => $"{column.Name}={category}") : [column.Name])];
}

/// <summary>One raw column.</summary>
/// <param name="Name">As in the training data.</param>
/// <param name="Type"><c>double</c>, <c>long</c>, <c>boolean</c> or <c>string</c>.</param>
/// <param name="Required">Whether training never missed it.</param>
public sealed record EncodedColumn(string Name, string Type, bool Required)
{
    /// <summary>Categories of a text column, sorted by code point; each becomes a feature that is 0 or 1. A missing or unseen one is all zero.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>What a missing number becomes.</summary>
    public MissingNumber Missing { get; init; } = MissingNumber.Nan;

    /// <summary>Whether values are categories.</summary>
    public bool IsText => Type == "string";
}

/// <summary>What a missing number becomes in the vector.</summary>
public enum MissingNumber
{
    /// <summary>Not a number: the model knows that it is missing (tree models).</summary>
    Nan,

    /// <summary>Zero.</summary>
    Zero,
}

/// <summary>What the model learns.</summary>
/// <param name="Name">The column.</param>
/// <param name="Classes">Its values, negative first; empty when it is a quantity.</param>
public sealed record EncodedLabel(string Name, ImmutableArray<string> Classes);
