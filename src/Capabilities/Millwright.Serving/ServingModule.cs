using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Millwright.Abstractions.Ledger;
using Millwright.Abstractions.Serving;
using Millwright.Abstractions.Steps;
using Millwright.Serving.Batch;
using Millwright.Serving.Describe;
using Millwright.Serving.Infer;
using Millwright.Serving.Load;
using Millwright.Serving.Predictions;
using Millwright.Serving.Route;
using Millwright.Serving.Statistics;

namespace Millwright.Serving;

/// <summary>Serving: loaded model versions answer requests, and every answered row is logged.</summary>
public static class ServingModule
{
    /// <summary>
    /// Adds serving and the action <c>predict</c>. Needs <c>IModelCatalog</c>, <c>IContentStore</c>, <c>IFeatureEncodings</c>,
    /// <c>ITableEngine</c> and model formats from other rooms; without an <c>ITrafficSplit</c> only requests that name a version are answered.
    /// </summary>
    public static IServiceCollection AddServing(this IServiceCollection services, ServingOptions options)
    {
        // Delivery's split replaces it.
        services.TryAddSingleton<ITrafficSplit, NoTraffic>();
        return services
            .AddSingleton(options)
            .AddSingleton<LoadModelFolder>()
            .AddSingleton<ServedModels>()
            .AddSingleton<IServableModels>(all => all.GetRequiredService<ServedModels>())
            .AddSingleton<PredictionLog>()
            .AddSingleton<IPredictionLog>(all => all.GetRequiredService<PredictionLog>())
            .AddSingleton<ILineageSource, PredictionLineage>()
            .AddSingleton<ServingStatistics>()
            .AddSingleton<IServingStatistics>(all => all.GetRequiredService<ServingStatistics>())
            .AddSingleton<ServingMeter>()
            .AddSingleton<InferRows>()
            .AddSingleton<DescribeModel>()
            .AddSingleton<PredictTable>()
            .AddSingleton<IStepAction, PredictAction>()
            .AddSingleton<IStepAction, PredictChampionAction>();
    }
}
