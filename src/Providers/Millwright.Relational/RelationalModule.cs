using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Ledger;
using Millwright.Delivery;
using Millwright.Ledger;
using Millwright.Monitoring;
using Millwright.Monitoring.Labels;
using Millwright.Pipelines;
using Millwright.Relational.Delivery;
using Millwright.Registry;
using Millwright.Relational.Monitoring;
using Millwright.Relational.Pipelines;
using Millwright.Relational.Registry;

namespace Millwright.Relational;

/// <summary>Registers the stores that live in the project's database.</summary>
public static class RelationalModule
{
    /// <summary>Adds an opened database and every store on it.</summary>
    public static IServiceCollection AddRelational(this IServiceCollection services, Database database)
    {
        // Registered through a factory, so that the container disposes it last.
        services.AddSingleton(_ => database);
        services.AddSingleton<SqlLedgerStore>();
        services.AddSingleton<ILedgerStore>(all => all.GetRequiredService<SqlLedgerStore>());
        services.AddSingleton<ILedgerWriter>(all => all.GetRequiredService<SqlLedgerStore>());
        services.AddSingleton<IRunStore, SqlRunStore>();
        services.AddSingleton<IModelStore, SqlModelStore>();
        services.AddSingleton<IDeploymentStore, SqlDeploymentStore>();
        services.AddSingleton<AlertWriter>();
        services.AddSingleton<IMonitorStore, SqlMonitorStore>();
        services.AddSingleton<IAlertStore, SqlAlertStore>();
        services.AddSingleton<ILabelStore, SqlLabelStore>();
        Tracking.TrackingStores.AddTrackingStores(services);
        return services;
    }
}
