using Millwright.Abstractions.Results;
using Millwright.Monitoring.Show;

namespace Millwright.Monitoring;

/// <summary>Problems that hosts tell of.</summary>
public static class MonitoringProblems
{
    /// <summary>No such column in the training data; the fix names the one that was probably meant.</summary>
    public static Problem UnknownColumn(MonitorView view, string column)
    {
        var known = view.Reference?.Columns.Select(candidate => candidate.Name).ToList() ?? [];
        return new Problem(
            "monitor.column", $"The training data of '{view.Model}' version {view.Version} has no column '{column}'.",
            $"{(Nearest.To(column, known) is { } near ? $"Did you mean '{near}'? " : "")}Its columns are {string.Join(", ", known)}.", ProblemKind.NotFound);
    }
}
