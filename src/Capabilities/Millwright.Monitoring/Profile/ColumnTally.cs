using System.Collections.Immutable;
using System.Globalization;
using Millwright.Statistics.TwoSample;

namespace Millwright.Monitoring.Profile;

/// <summary>Rows of a column counted into the bins of a reference profile, so that the two can be compared.</summary>
/// <param name="Bins">
/// For numbers a count per bin of the reference's histogram; for categories one per category of the reference and a last one for all others.
/// Empty when the column is not comparable.
/// </param>
/// <param name="Missing">Rows without a value.</param>
public sealed record ColumnTally(ImmutableArray<long> Bins, long Missing)
{
    /// <summary>Rows with a value.</summary>
    public long Count => Bins.Sum();

    /// <summary>The reference's own counts.</summary>
    public static ColumnTally Of(ColumnProfile reference) => reference switch
    {
        { Numbers: { } numbers } => new ColumnTally(numbers.Counts, reference.Missing),
        { Kind: ColumnKind.Category } => new ColumnTally([.. reference.Top.Select(category => category.Count), reference.Rest], reference.Missing),
        _ => new ColumnTally([reference.Count], reference.Missing),
    };
}

/// <summary>Counts values one at a time into a reference's bins. Not thread-safe.</summary>
public sealed class TallyCounter
{
    private readonly ColumnProfile _reference;
    private readonly Bins? _bins;
    private readonly Dictionary<string, int> _categories;
    private readonly long[] _counts;
    private long _missing;

    /// <summary>Starts at zero.</summary>
    public TallyCounter(ColumnProfile reference)
    {
        _reference = reference;
        _bins = reference.Numbers is { } numbers ? Bins.Between(numbers.Edges.AsSpan()) : null;
        _categories = reference.Top.Select((category, index) => (category.Value, index)).ToDictionary(pair => pair.Value, pair => pair.index, StringComparer.Ordinal);
        _counts = new long[ColumnTally.Of(reference).Bins.Length];
    }

    /// <summary>Counts a value: a <see cref="double"/> (missing = NaN) or a string (missing = null), whatever the column's kind.</summary>
    public void Add(object? value)
    {
        if (value is null or double.NaN)
        {
            _missing++;
        }
        else if (_bins is not null)
        {
            AddNumber(value);
        }
        else
        {
            _counts[_reference.Kind is ColumnKind.Category ? _categories.GetValueOrDefault(Text(value), _counts.Length - 1) : 0]++;
        }
    }

    /// <summary>What was counted so far.</summary>
    public ColumnTally Build() => new([.. _counts], _missing);

    private void AddNumber(object value)
    {
        var number = value is double known ? known
            : double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : double.NaN;
        if (double.IsFinite(number))
        {
            _counts[_bins!.BinOf(number)]++;
        }
        else
        {
            _missing++;
        }
    }

    // A category that looks like a number reads the same whether it was logged as text or as a number.
    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
