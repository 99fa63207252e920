using Millwright.Contracts.Monitoring;

namespace Millwright.Cli.Monitoring;

/// <summary>Columns that have moved, short enough for a cell: a few of the worst and how many more.</summary>
internal static class WorstColumns
{
    private const int Named = 3;

    /// <summary>Of a window; "-" when none has moved.</summary>
    public static string Of(DriftWindowDto window) => Short(window.Columns
        .Where(column => column.Drifted)
        .OrderByDescending(column => column.Scores.Where(score => score.Drifted).Max(score => score.Effect / score.Threshold))
        .ThenBy(column => column.Column, StringComparer.Ordinal)
        .Select(column => column.Column));

    /// <summary>Of an alert.</summary>
    public static string Of(AlertDto alert) => Short(alert.Scores.Select(column => column.Column));

    private static string Short(IEnumerable<string> worstFirst)
    {
        var all = worstFirst.ToList();
        return all.Count == 0 ? "-" : string.Join(", ", all.Take(Named)) + (all.Count > Named ? $" and {all.Count - Named} more" : "");
    }
}
