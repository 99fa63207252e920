using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Scan;

namespace Millwright.Monitoring;

/// <summary>Where judged windows lie.</summary>
public interface IMonitorStore
{
    /// <summary>Where the monitor of a version stands.</summary>
    WindowCursor Cursor(string model, int version);

    /// <summary>
    /// Saves a window with the changes of alerts that follow from it, their events and messages, in one transaction. A window whose number
    /// is there already changes nothing and gives false.
    /// </summary>
    Task<bool> SaveAsync(DriftWindow window, IReadOnlyList<AlertChange> alerts, CancellationToken ct);

    /// <summary>A version's windows, newest first, at most so many.</summary>
    IReadOnlyList<DriftWindow> Windows(string model, int version, int limit);

    /// <summary>Versions that have windows, newest first.</summary>
    IReadOnlyList<int> Versions(string model);

    /// <summary>Models that have windows.</summary>
    IReadOnlyList<string> Models();
}
