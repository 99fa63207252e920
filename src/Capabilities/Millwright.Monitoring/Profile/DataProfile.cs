using System.Collections.Immutable;

namespace Millwright.Monitoring.Profile;

/// <summary>What a column holds, as far as its distribution can be compared.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, or booleans as 0 and 1.</summary>
    Number,

    /// <summary>Few texts that repeat.</summary>
    Category,

    /// <summary>Anything whose values do not repeat, such as identifiers, free text and times: only missing values are compared.</summary>
    Other,
}

/// <summary>The shape of a table: per column what is needed to say later whether other rows look alike. Holds no row.</summary>
/// <param name="Rows">Rows profiled.</param>
/// <param name="Columns">In the table's order.</param>
public sealed record DataProfile(long Rows, ImmutableArray<ColumnProfile> Columns)
{
    /// <summary>The column of this name, or null.</summary>
    public ColumnProfile? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);
}

/// <summary>The shape of one column.</summary>
/// <param name="Name">Header.</param>
/// <param name="Type">The engine's type, such as <c>DOUBLE</c>.</param>
/// <param name="Kind">How it is compared.</param>
/// <param name="Count">Rows with a value.</param>
/// <param name="Missing">Rows without.</param>
/// <param name="Distinct">Different values; above 100 an estimate.</param>
public sealed record ColumnProfile(string Name, string Type, ColumnKind Kind, long Count, long Missing, long Distinct)
{
    /// <summary>For numbers with at least one value.</summary>
    public NumberProfile? Numbers { get; init; }

    /// <summary>For categories: the commonest values, at most 100, most frequent first and ties by name.</summary>
    public ImmutableArray<CategoryCount> Top { get; init; } = [];

    /// <summary>For categories: rows whose value is not among <see cref="Top"/>.</summary>
    public long Rest { get; init; }
}

/// <summary>Moments and histogram of numbers.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Std">Standard deviation of the sample (n − 1); 0 for one value.</param>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest.</param>
/// <param name="Edges">Inner edges of right-closed bins, ascending: quantiles, or the values themselves when there are few.</param>
/// <param name="Counts">Rows per bin, one more than edges.</param>
public sealed record NumberProfile(double Mean, double Std, double Min, double Max, ImmutableArray<double> Edges, ImmutableArray<long> Counts);

/// <summary>How often a category occurs.</summary>
/// <param name="Value">The category.</param>
/// <param name="Count">Rows.</param>
public sealed record CategoryCount(string Value, long Count);
