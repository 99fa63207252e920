using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Steps;
using Millwright.Tracking.Artifacts;
using Millwright.Tracking.Datasets;
using Millwright.Tracking.Experiments;
using Millwright.Tracking.Metrics;
using Millwright.Tracking.Pipelines;
using Millwright.Tracking.Runs;
using Millwright.Tracking.Search;

namespace Millwright.Tracking;

/// <summary>Tracking: experiments and runs with their parameters, metrics, tags, data sets and artifacts.</summary>
public static class TrackingModule
{
    /// <summary>Adds tracking's use cases; the stores come from a provider.</summary>
    /// <param name="services">Services.</param>
    /// <param name="artifactFolder">Absolute path of the folder for artifacts.</param>
    public static IServiceCollection AddTracking(this IServiceCollection services, string artifactFolder) => services
        .AddSingleton(all => new ArtifactFolder(artifactFolder, all.GetService<Abstractions.Content.IContentStore>()))
        .AddSingleton<ListArtifacts>()
        .AddSingleton<CreateExperiment>()
        .AddSingleton<ChangeExperiment>()
        .AddSingleton<TagExperiment>()
        .AddSingleton<SearchExperiments>()
        .AddSingleton<StartRun>()
        .AddSingleton<ChangeRun>()
        .AddSingleton<LogToRun>()
        .AddSingleton<LogDatasets>()
        .AddSingleton<SearchRuns>()
        .AddSingleton<CompareRuns>()
        .AddSingleton<ReadHistory>()
        .AddSingleton<IRunTracker, TrackPipelineRuns>();
}
