namespace Millwright.Abstractions.Tables;

/// <summary>Columns of equal length, in memory.</summary>
/// <param name="Columns">In order; names are unique.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record Table(IReadOnlyList<Column> Columns, int Rows)
{
    /// <summary>The column of this name, or null.</summary>
    public Column? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The column of this name; not having it is a bug of the caller.</summary>
    public Column this[string name] => Find(name) ?? throw new KeyNotFoundException($"The table has no column '{name}'.");
}

/// <summary>One column: numbers (missing = NaN) or texts (missing = null).</summary>
public abstract record Column(string Name, string Type)
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The value as invariant text, or null when missing.</summary>
    public abstract string? TextAt(int row);

    /// <summary>Whether the value is missing.</summary>
    public abstract bool IsMissing(int row);
}

/// <summary>Numbers, booleans as 0 and 1, and integers up to 2^53 exactly.</summary>
/// <param name="Name">Header.</param>
/// <param name="Type">Engine type.</param>
/// <param name="Values">Missing = NaN.</param>
public sealed record NumberColumn(string Name, string Type, double[] Values) : Column(Name, Type)
{
    /// <inheritdoc/>
    public override int Count => Values.Length;

    /// <inheritdoc/>
    public override string? TextAt(int row) =>
        double.IsNaN(Values[row]) ? null : Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(Values[row]);
}

/// <summary>Everything else, as text.</summary>
/// <param name="Name">Header.</param>
/// <param name="Type">Engine type.</param>
/// <param name="Values">Missing = null.</param>
public sealed record TextColumn(string Name, string Type, string?[] Values) : Column(Name, Type)
{
    /// <inheritdoc/>
    public override int Count => Values.Length;

    /// <inheritdoc/>
    public override string? TextAt(int row) => Values[row];

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Values[row] is null;
}
