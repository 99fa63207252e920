using Microsoft.Extensions.DependencyInjection;
using Millwright.Ledger.Search;
using Millwright.Ledger.Subscribe;
using Millwright.Ledger.Trace;
using Millwright.Ledger.Verify;

namespace Millwright.Ledger;

/// <summary>The ledger: audit, lineage and triggers are one thing.</summary>
public static class LedgerModule
{
    /// <summary>Adds the ledger's use cases; the store comes from a provider.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<SearchLedger>()
        .AddSingleton<TraceSubject>()
        .AddSingleton<VerifyLedger>()
        .AddHostedService<SubscriptionPump>();
}
