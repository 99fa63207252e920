using Millwright.Contracts.Ledger;

namespace Millwright.Client.Ledger;

/// <summary>Calls of the ledger.</summary>
public readonly struct LedgerClient(MillwrightClient client)
{
    /// <summary>Searches events.</summary>
    /// <param name="query">A query string such as <c>kind=model.*&amp;limit=20</c>.</param>
    /// <param name="ct">Cancels.</param>
    public Task<LedgerPageDto> SearchAsync(string query, CancellationToken ct) =>
        client.GetAsync($"api/ledger?{query}", LedgerJson.Default.LedgerPageDto, ct);

    /// <summary>Recomputes the chain.</summary>
    public Task<LedgerVerdictDto> VerifyAsync(CancellationToken ct) => client.GetAsync("api/ledger/verify", LedgerJson.Default.LedgerVerdictDto, ct);

    /// <summary>Walks the lineage of a subject, <paramref name="depth"/> steps each way.</summary>
    public Task<LineageDto> TraceAsync(string subject, int depth, CancellationToken ct) =>
        client.GetAsync($"api/ledger/trace?subject={Uri.EscapeDataString(subject)}&depth={depth}", LedgerJson.Default.LineageDto, ct);
}

/// <summary>Makes the calls reachable as <c>client.Ledger</c>.</summary>
public static class LedgerCalls
{
    extension(MillwrightClient client)
    {
        /// <summary>The ledger.</summary>
        public LedgerClient Ledger => new(client);
    }
}
