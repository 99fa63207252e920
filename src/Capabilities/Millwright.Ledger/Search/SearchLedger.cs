using Millwright.Abstractions.Ledger;

namespace Millwright.Ledger.Search;

/// <summary>Reads the audit trail page by page.</summary>
public sealed class SearchLedger(ILedgerStore ledger)
{
    /// <summary>One page and the position to go on from (<see cref="LedgerQuery.Before"/> or <see cref="LedgerQuery.After"/>), or null at the end.</summary>
    public LedgerPage Run(LedgerQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, 1000);
        var events = ledger.Read(query with { Limit = limit + 1 });
        return events.Count > limit
            ? new LedgerPage([.. events.Take(limit)], events[limit - 1].Seq)
            : new LedgerPage(events, null);
    }
}

/// <summary>A page of events.</summary>
/// <param name="Events">In the asked order.</param>
/// <param name="Next">Position of the last one when more follow.</param>
public sealed record LedgerPage(IReadOnlyList<LedgerEvent> Events, long? Next);
