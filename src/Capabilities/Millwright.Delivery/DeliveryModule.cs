using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Serving;
using Millwright.Delivery.Abort;
using Millwright.Delivery.Reconcile;
using Millwright.Delivery.RollBack;
using Millwright.Delivery.Route;
using Millwright.Delivery.Show;
using Millwright.Delivery.Start;

namespace Millwright.Delivery;

/// <summary>Delivery: model versions reach traffic step by step, are judged by what they do there, and go back on their own.</summary>
public static class DeliveryModule
{
    /// <summary>Adds the use cases, the traffic split and the service that moves rollouts on; the store comes from a provider.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>()
            .AddSingleton<TrafficSplit>()
            .AddSingleton<ITrafficSplit>(all => all.GetRequiredService<TrafficSplit>())
            .AddSingleton<RolloutMeters>()
            .AddSingleton<RolloutSurroundings>()
            .AddSingleton<GatherEvidence>()
            .AddSingleton(all => new ReconcileRollouts(
                all.GetRequiredService<IDeploymentStore>(), all.GetRequiredService<GatherEvidence>(), all.GetRequiredService<IModelCatalog>(),
                all.GetRequiredService<IServingStatistics>(), all.GetRequiredService<RolloutSurroundings>()))
            .AddSingleton<StartRollout>()
            .AddSingleton<RollBackDeployment>()
            .AddSingleton<AbortRollout>()
            .AddSingleton<ListDeployments>()
            .AddSingleton<ShowDeployment>()
            .AddHostedService<RolloutService>();
    }
}
