using Microsoft.Extensions.DependencyInjection;
using Millwright.Tracking;

namespace Millwright.Relational.Tracking;

/// <summary>Registers tracking's stores.</summary>
internal static class TrackingStores
{
    public static IServiceCollection AddTrackingStores(this IServiceCollection services) => services
        .AddSingleton<IExperimentStore, SqlExperimentStore>()
        .AddSingleton<IRunStore, SqlRunStore>();
}
