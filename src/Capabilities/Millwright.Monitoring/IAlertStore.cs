using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Results;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Notify;

namespace Millwright.Monitoring;

/// <summary>Where alerts and the messages about them lie.</summary>
public interface IAlertStore
{
    /// <summary>Alerts of a model that are not resolved, oldest first.</summary>
    IReadOnlyList<Alert> Open(string model);

    /// <summary>Alerts, newest first.</summary>
    IReadOnlyList<Alert> List(AlertQuery query);

    /// <summary>One alert, or null.</summary>
    Alert? Find(string id);

    /// <summary>Saves a change with its events and messages in one transaction.</summary>
    Task SaveAsync(AlertChange change, CancellationToken ct);

    /// <summary>Marks an alert as looked at; one that is resolved stays so and is a problem.</summary>
    Task<Result<Alert>> AcknowledgeAsync(string id, Actor actor, string note, DateTimeOffset at, CancellationToken ct);

    /// <summary>Keeps a model's alerts quiet until a time, with the event that says so.</summary>
    Task SilenceAsync(string model, DateTimeOffset until, LedgerDraft happened, CancellationToken ct);

    /// <summary>Whether a model's alerts are quiet now.</summary>
    bool IsSilenced(string model, DateTimeOffset now);

    /// <summary>Messages that are due, oldest first, at most so many.</summary>
    IReadOnlyList<Notice> Due(DateTimeOffset now, int limit);

    /// <summary>A message was taken.</summary>
    Task SentAsync(Notice notice, DateTimeOffset at, CancellationToken ct);

    /// <summary>A message was not taken and is due again later, and so are those that wait behind it.</summary>
    Task FailedAsync(Notice notice, IReadOnlyList<Notice> behind, string reason, DateTimeOffset next, CancellationToken ct);
}

/// <summary>Which alerts to list.</summary>
public sealed record AlertQuery
{
    /// <summary>Only of this model.</summary>
    public string? Model { get; init; }

    /// <summary>Also resolved ones.</summary>
    public bool WithResolved { get; init; }

    /// <summary>At most so many, 1 to 1000.</summary>
    public int Limit { get; init; } = 100;
}
