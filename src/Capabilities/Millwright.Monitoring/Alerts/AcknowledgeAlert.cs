using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.Monitoring.Alerts;

/// <summary>Says that somebody looks after an alert. It stays until what it is about is over.</summary>
public sealed class AcknowledgeAlert(IAlertStore store, TimeProvider clock)
{
    /// <summary>Acknowledges it; doing so again replaces the note.</summary>
    public Task<Result<Alert>> RunAsync(string id, string note, Actor actor, CancellationToken ct) =>
        store.AcknowledgeAsync(id, actor, note, clock.GetUtcNow(), ct);
}
