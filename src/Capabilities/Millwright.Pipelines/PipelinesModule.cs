using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Ledger;
using Millwright.Pipelines.Cancel;
using Millwright.Pipelines.Code;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Explain;
using Millwright.Pipelines.List;
using Millwright.Pipelines.Logs;
using Millwright.Pipelines.Plan;
using Millwright.Pipelines.Schedule;
using Millwright.Pipelines.Show;
using Millwright.Pipelines.Watch;
using Millwright.Pipelines.Yaml;

namespace Millwright.Pipelines;

/// <summary>Pipelines: one plan from C# or YAML, run by executors, cached by content, started by people, schedules and events.</summary>
public static class PipelinesModule
{
    /// <summary>
    /// Adds the use cases. They need <see cref="IRunStore"/>, <see cref="IContentStore"/>, <see cref="IFileDigests"/> and a
    /// <see cref="TimeProvider"/> from elsewhere, and use every step action, run tracker and data version port there is.
    /// </summary>
    public static IServiceCollection AddPipelines(this IServiceCollection services, PipelinesOptions options) =>
        options.Triggers ? services.AddUseCases(options).AddTriggers() : services.AddUseCases(options);

    private static IServiceCollection AddTriggers(this IServiceCollection services) => services
        .AddSingleton<TriggerIndex>()
        .AddSingleton<ILedgerSubscriber, EventTriggers>()
        .AddHostedService<Scheduler>();

    private static IServiceCollection AddUseCases(this IServiceCollection services, PipelinesOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ActionCatalogue>()
        .AddSingleton<IPlanReader, YamlFiles>()
        .AddSingleton<CodeBuild>()
        .AddSingleton<IPlanReader, CodeFiles>()
        .AddSingleton<IStepWorker, CodeWorker>()
        .AddSingleton<IStepWorker, ActionWorker>()
        .AddSingleton<CommandWorker>()
        .AddSingleton<IStepWorker>(all => all.GetRequiredService<CommandWorker>())
        .AddSingleton<RunServices>()
        .AddSingleton<RunSupervisor>()
        .AddSingleton<IHostedService>(all => all.GetRequiredService<RunSupervisor>())
        .AddSingleton(all => new PlanPipeline(all.GetRequiredService<PipelinesOptions>(), all.GetServices<IPlanReader>(), all.GetRequiredService<ActionCatalogue>()))
        .AddSingleton(all => new StartRun(
            all.GetRequiredService<PlanPipeline>(),
            all.GetRequiredService<RunSupervisor>(),
            all.GetRequiredService<PipelinesOptions>(),
            all.GetRequiredService<IFileDigests>(),
            all.GetServices<IDataVersions>(),
            all.GetRequiredService<TimeProvider>()))
        .AddSingleton(all => new ShowRun(all.GetRequiredService<IRunStore>(), all.GetRequiredService<RunSupervisor>()))
        .AddSingleton(all => new CancelRun(all.GetRequiredService<RunSupervisor>(), all.GetRequiredService<ShowRun>()))
        .AddSingleton(all => new WatchRun(all.GetRequiredService<IRunStore>(), all.GetRequiredService<RunSupervisor>(), all.GetRequiredService<ShowRun>()))
        .AddSingleton(all => new ReadLogs(all.GetRequiredService<ShowRun>(), all.GetRequiredService<RunSupervisor>(), all.GetRequiredService<PipelinesOptions>()))
        .AddSingleton<ListRuns>()
        .AddSingleton<ExplainRun>()
        .AddSingleton<NextTimes>();
}
