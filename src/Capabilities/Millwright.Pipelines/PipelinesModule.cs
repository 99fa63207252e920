using Microsoft.Extensions.DependencyInjection;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines;

/// <summary>Pipelines: one plan from C# or YAML, run by executors, cached by content, started by people, schedules and events.</summary>
public static class PipelinesModule
{
    /// <summary>Adds the use cases.</summary>
    public static IServiceCollection AddPipelines(this IServiceCollection services) => services
        .AddSingleton<ActionCatalogue>();
}
