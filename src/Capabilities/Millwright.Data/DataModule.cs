using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Millwright.Abstractions.Content;
using Millwright.Data.Add;
using Millwright.Data.Checkout;
using Millwright.Data.Fetch;
using Millwright.Data.Init;
using Millwright.Data.Listing;
using Millwright.Data.Pull;
using Millwright.Data.Push;
using Millwright.Data.Remotes;
using Millwright.Data.Resolve;
using Millwright.Data.Status;

namespace Millwright.Data;

/// <summary>Data versions: DVC 3's file formats and verbs.</summary>
public static class DataModule
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<InitRepository>()
            .AddSingleton<AddData>()
            .AddSingleton<DataStatus>()
            .AddSingleton<RemoteStatus>()
            .AddSingleton<CheckoutData>()
            .AddSingleton<PushData>()
            .AddSingleton<FetchData>()
            .AddSingleton<PullData>()
            .AddSingleton<EditConfig>()
            .AddSingleton<ListData>()
            .AddSingleton<MeasureData>()
            .AddSingleton<CompareVersions>()
            .AddSingleton<ResolveData>()
            .AddSingleton<IDataVersions, DataVersions>();
    }
}
