using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Models;

/// <summary>Loads the encoding of a model folder, so that training and serving share one code path (no training-serving skew).</summary>
public interface IFeatureEncodings
{
    /// <summary>Reads <see cref="ModelFiles.Encoding"/> of a model folder.</summary>
    Result<IRowEncoder> Load(string modelFolder);
}

/// <summary>Raw columns of one row → the model's feature vector. Thread-safe, allocates nothing per row.</summary>
public interface IRowEncoder
{
    /// <summary>The raw columns it reads, in order: numbers or categories.</summary>
    IReadOnlyList<SignatureColumn> Columns { get; }

    /// <summary>Names of the encoded features, in order; their count is the vector's length.</summary>
    IReadOnlyList<string> Features { get; }

    /// <summary>
    /// Encodes one row. <paramref name="values"/> holds per column of <see cref="Columns"/> a number (missing = NaN) or, for a text column,
    /// the category's code from <see cref="CodeOf"/>. <paramref name="vector"/> has <see cref="Features"/>.Count places.
    /// </summary>
    void Encode(ReadOnlySpan<double> values, Span<float> vector);

    /// <summary>The code of a category of a text column; −1 when training never saw it, −2 when missing.</summary>
    int CodeOf(int column, ReadOnlySpan<char> category);

    /// <summary>Columns of its training tables that are no features but have a role.</summary>
    TableRoles Roles { get; }

    /// <summary>The category of a code from 0 on; null for −1 and −2.</summary>
    string? CategoryOf(int column, int code);
}

/// <summary>Columns that are no features.</summary>
/// <param name="Label">What was learnt, or null.</param>
/// <param name="RowId">What identifies a row, or null.</param>
/// <param name="Keep">Raw columns to carry along, such as sensitive ones.</param>
public sealed record TableRoles(string? Label, string? RowId, IReadOnlyList<string> Keep)
{
    /// <summary>None.</summary>
    public static TableRoles None { get; } = new(null, null, []);
}
