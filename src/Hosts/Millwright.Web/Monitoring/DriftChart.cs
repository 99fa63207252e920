using Millwright.Contracts.Monitoring;
using Millwright.Web.Charts;

namespace Millwright.Web.Monitoring;

/// <summary>Drift as series: effect ÷ threshold makes tests and columns comparable; from 1 on it matters.</summary>
internal static class DriftChart
{
    // More lines than this are no longer told apart.
    private const int MostColumns = 6;
    private const int MostBins = 16;

    /// <summary>The columns that moved most in any window, a series each.</summary>
    public static IReadOnlyList<ChartSeries> OfWindows(IReadOnlyList<DriftWindowDto> windows)
    {
        var strongest = windows.SelectMany(window => window.Columns).GroupBy(column => column.Column, StringComparer.Ordinal)
            .OrderByDescending(group => group.Max(column => Strength(column.Scores))).Take(MostColumns).Select(group => group.Key).ToList();
        return
        [
            .. strongest.Select((name, at) => new ChartSeries(
                name,
                [.. windows.Select(window => window.Columns.FirstOrDefault(column => column.Column == name) is { } column ? Strength(column.Scores) : (double?)null)],
                at == 0 ? 1 : null)),
        ];
    }

    /// <summary>Every test of one column.</summary>
    public static IReadOnlyList<ChartSeries> OfColumn(IReadOnlyList<ColumnPointDto> history) =>
    [
        .. history.SelectMany(point => point.Scores).Select(score => score.Test).Distinct().Select((test, at) => new ChartSeries(
            Name(test),
            [.. history.Select(point => point.Scores.FirstOrDefault(score => score.Test == test) is { } score ? Ratio(score) : null)],
            at == 0 ? 1 : null)),
    ];

    /// <summary>The strongest test's effect in units of its threshold.</summary>
    public static double Strength(IReadOnlyList<DriftScoreDto> scores) => scores.Select(Ratio).Max() ?? 0;

    /// <summary>A test as words.</summary>
    public static string Words(DriftScoreDto score) => $"{Name(score.Test)} {score.Effect:0.###} (limit {score.Threshold:0.###}, p {P(score.PValue)})";

    /// <summary>Bins of a column as they are shown: neighbouring bins of numbers are put together until they can be read.</summary>
    public static IReadOnlyList<string> Bins(ColumnHistoryDto column) => [.. Groups(column).Select(group => Short(column.Bins[group[^1]]))];

    /// <summary>Shares per shown bin.</summary>
    public static IReadOnlyList<double?> Shares(ColumnHistoryDto column, IReadOnlyList<double> shares) =>
        [.. Groups(column).Select(group => (double?)Math.Round(group.Where(bin => bin < shares.Count).Sum(bin => shares[bin]), 6))];

    /// <summary>A time on the x axis.</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("MM-dd HH:mm:ss");

    /// <summary>A test's name as the field writes it.</summary>
    public static string Name(string test) => test switch
    {
        "psi" => "PSI",
        "ks" => "KS",
        "chi_squared" => "chi-squared",
        "missing" => "missing values",
        _ => test.Replace('_', ' '),
    };

    // A p-value is never 0.
    private static string P(double value) => double.IsNaN(value) ? "–" : value < 0.0001 ? "< 0.0001" : value.ToString("0.####");

    // An edge such as "≤ 28.0392" names a bin well enough with three digits.
    private static string Short(string bin) =>
        bin.Split(' ') is [var sign, var edge] && double.TryParse(edge, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? $"{sign} {number.ToString(Math.Abs(number) < 1000 ? "G3" : "0")}"
            : bin;

    private static IEnumerable<int[]> Groups(ColumnHistoryDto column) =>
        Enumerable.Range(0, column.Bins.Count).Chunk(column.Kind is "number" ? (column.Bins.Count + MostBins - 1) / MostBins : 1);

    private static double? Ratio(DriftScoreDto score) =>
        double.IsFinite(score.Effect) && score.Threshold > 0 ? Math.Round(score.Effect / score.Threshold, 4) : null;
}
