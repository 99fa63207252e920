using Millwright.Abstractions.Results;

namespace Millwright.Monitoring.Alerts;

/// <summary>Lists alerts, newest first.</summary>
public sealed class ListAlerts(IAlertStore store)
{
    /// <summary>At most 1000.</summary>
    public IReadOnlyList<Alert> Run(AlertQuery query) => store.List(query with { Limit = Math.Clamp(query.Limit, 1, 1000) });

    /// <summary>One alert.</summary>
    public Result<Alert> Find(string id) =>
        store.Find(id) is { } alert ? alert : new Problem("alert.unknown", $"There is no alert '{id}'.", "Run 'mw alert list --all'.", ProblemKind.NotFound);
}
