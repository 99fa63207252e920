using System.Collections.Immutable;
using System.Globalization;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Monitoring.Scan;

namespace Millwright.Monitoring.Alerts;

/// <summary>What the rules need to know besides window and alerts.</summary>
/// <param name="Now">UTC.</param>
/// <param name="ResolveAfter">Quiet windows in a row that end an alert.</param>
/// <param name="Silenced">Whether nobody is to be told.</param>
/// <param name="Clock">For new ids.</param>
public sealed record AlertSurroundings(DateTimeOffset Now, int ResolveAfter, bool Silenced, TimeProvider Clock);

/// <summary>
/// Turns windows into alerts: one alert for what belongs together, however many windows show it. A window whose drifted columns touch an
/// open alert's belongs to it (and widens it); columns that no open alert knows raise a new one. It is over after some quiet windows.
/// </summary>
public static class AlertRules
{
    // A message is read at a glance; the alert itself has every column.
    private const int Named = 3;

    /// <summary>The kind of alert that drift of input columns raises.</summary>
    public const string Drift = "drift";

    /// <summary>What follows from a window; a pure function but for the new ids.</summary>
    public static ImmutableArray<AlertChange> After(DriftWindow window, IReadOnlyList<Alert> open, AlertSurroundings around)
    {
        var drifted = window.Drifted.Select(column => new AlertColumn(column.Column, column.Strongest!)).OrderBy(column => column.Column, StringComparer.Ordinal).ToList();
        var own = open.Where(alert => alert.Kind == Drift && alert.Version == window.Version).OrderBy(alert => alert.Raised).ToList();
        var touched = own.Where(alert => alert.Columns.Any(known => drifted.Exists(column => column.Column == known.Column))).ToList();
        var changes = ImmutableArray.CreateBuilder<AlertChange>();
        foreach (var alert in own)
        {
            changes.Add(!touched.Contains(alert) ? Quieter(alert, around)
                : alert == touched[0] ? Seen(alert, [.. drifted.Where(column => !OfAnother(touched, alert, column))], window, around)
                : Seen(alert, [.. drifted.Where(column => alert.Columns.Any(known => known.Column == column.Column))], window, around));
        }

        if (drifted.Count > 0 && touched.Count == 0)
        {
            changes.Add(Raise(drifted, window, around));
        }

        return changes.ToImmutable();
    }

    /// <summary>Ends an alert.</summary>
    public static AlertChange Resolve(Alert alert, string note, AlertSurroundings around)
    {
        var resolved = alert with { State = AlertState.Resolved, Resolved = around.Now, Note = note };
        return new AlertChange(resolved, [AlertEvents.Of(AlertEvents.Resolved, Actor.System, resolved, null)], around.Silenced ? null : AlertEvents.Resolved);
    }

    private static bool OfAnother(List<Alert> touched, Alert first, AlertColumn column) =>
        touched.Exists(alert => alert != first && alert.Columns.Any(known => known.Column == column.Column));

    private static AlertChange Raise(List<AlertColumn> drifted, DriftWindow window, AlertSurroundings around)
    {
        var alert = new Alert(NewId.Next(around.Clock), window.Model, window.Version, Drift, [.. drifted], around.Now);
        alert = alert with { Message = Text(alert, window) };
        ImmutableArray<LedgerDraft> events = [AlertEvents.Detected(alert, window), AlertEvents.Of(AlertEvents.Raised, Actor.System, alert, window)];
        return new AlertChange(alert, events, around.Silenced ? null : AlertEvents.Raised);
    }

    private static AlertChange Seen(Alert alert, List<AlertColumn> drifted, DriftWindow window, AlertSurroundings around)
    {
        var columns = alert.Columns
            .Select(known => drifted.Find(column => column.Column == known.Column) ?? known)
            .Concat(drifted.Where(column => !alert.Columns.Any(known => known.Column == column.Column)))
            .OrderBy(column => column.Column, StringComparer.Ordinal)
            .ToImmutableArray();
        var seen = alert with { Columns = columns, LastSeen = around.Now, Windows = alert.Windows + 1, Quiet = 0 };
        seen = seen with { Message = Text(seen, window) };
        return new AlertChange(seen, columns.Length > alert.Columns.Length ? [AlertEvents.Of(AlertEvents.Widened, Actor.System, seen, window)] : []);
    }

    private static AlertChange Quieter(Alert alert, AlertSurroundings around) => alert.Quiet + 1 >= around.ResolveAfter
        ? Resolve(alert with { Quiet = alert.Quiet + 1 }, $"no drift in {alert.Quiet + 1} windows in a row", around)
        : new AlertChange(alert with { Quiet = alert.Quiet + 1 }, []);

    private static string Text(Alert alert, DriftWindow window)
    {
        var named = alert.WorstFirst().Take(Named).Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Column} ({column.Score.Test} {column.Score.Effect:0.00}, limit {column.Score.Threshold:0.00})"));
        var more = alert.Columns.Length > Named ? $" and {alert.Columns.Length - Named} more" : "";
        return $"{alert.Model} version {alert.Version}: drift in {string.Join(", ", named)}{more} over {window.Predictions} predictions";
    }
}
