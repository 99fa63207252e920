using System.Collections.Immutable;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Ledger;
using Millwright.Monitoring.Drift;

namespace Millwright.Monitoring.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertState
{
    /// <summary>Nobody has looked at it.</summary>
    Open,

    /// <summary>Somebody has.</summary>
    Acknowledged,

    /// <summary>What it was about is over.</summary>
    Resolved,
}

/// <summary>What an alert says of a column.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Score">The strongest score of the last window that drifted.</param>
public sealed record AlertColumn(string Column, DriftScore Score);

/// <summary>Something that somebody should know, once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">Registered model.</param>
/// <param name="Version">Model version.</param>
/// <param name="Kind">What kind of thing: <c>drift</c>.</param>
/// <param name="Columns">The columns it is about, by name.</param>
/// <param name="Raised">When, UTC.</param>
public sealed record Alert(string Id, string Model, int Version, string Kind, ImmutableArray<AlertColumn> Columns, DateTimeOffset Raised)
{
    /// <summary>Where it stands.</summary>
    public AlertState State { get; init; }

    /// <summary>One sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>When it was last seen, UTC.</summary>
    public DateTimeOffset LastSeen { get; init; } = Raised;

    /// <summary>Windows in which it was seen.</summary>
    public int Windows { get; init; } = 1;

    /// <summary>Windows in a row in which it was not.</summary>
    public int Quiet { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? Resolved { get; init; }

    /// <summary>Who acknowledged it.</summary>
    public Actor? AcknowledgedBy { get; init; }

    /// <summary>What they said, or why it was resolved.</summary>
    public string Note { get; init; } = "";

    /// <summary>Its subject in the ledger.</summary>
    public Subject Subject => Subject.Alert(Id);

    /// <summary>Its columns, those first that have moved most for their limit.</summary>
    public IEnumerable<AlertColumn> WorstFirst() => Columns.OrderByDescending(column => column.Score.Effect / column.Score.Threshold).ThenBy(column => column.Column, StringComparer.Ordinal);
}

/// <summary>An alert as it shall stand, with the events that say so and the notice that goes out.</summary>
/// <param name="Alert">As it shall stand.</param>
/// <param name="Events">Appended in the same transaction.</param>
/// <param name="Notice">Kind of message to send to every channel, or null for none.</param>
public sealed record AlertChange(Alert Alert, ImmutableArray<LedgerDraft> Events, string? Notice = null);
