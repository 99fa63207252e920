using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Millwright.Abstractions.Monitoring;
using Millwright.Abstractions.Steps;
using Millwright.Monitoring.Alerts;
using Millwright.Monitoring.Drift;
using Millwright.Monitoring.Labels;
using Millwright.Monitoring.Metrics;
using Millwright.Monitoring.Notify;
using Millwright.Monitoring.Profile;
using Millwright.Monitoring.Scan;
using Millwright.Monitoring.Show;

namespace Millwright.Monitoring;

/// <summary>Monitoring: live traffic held against training data, labels against scores, and somebody told once.</summary>
public static class MonitoringModule
{
    /// <summary>Adds monitors, alerts, labels and metrics; the stores come from a provider.</summary>
    public static IServiceCollection AddMonitoring(this IServiceCollection services)
    {
        services.AddOptions<MonitoringOptions>().ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<MonitoringOptions>, MonitoringOptionsValidator>()
            .AddDrift()
            .AddSingleton<ReadReference>()
            .AddSingleton<ScanForDrift>()
            .AddSingleton<ShowMonitor>()
            .AddSingleton<ListAlerts>()
            .AddSingleton<AcknowledgeAlert>()
            .AddSingleton<SilenceAlerts>()
            .AddSingleton<IAlertChannel, LogChannel>()
            .AddSingleton<IAlertChannel, WebhookChannel>()
            .AddSingleton<WriteNotices>()
            .AddSingleton<SendNotices>()
            .AddSingleton<RecordLabels>()
            .AddSingleton<IModelPerformance, ModelPerformance>()
            .AddSingleton<MetricsCollector>()
            .AddSingleton<DriftGauges>()
            .AddHostedService<ScanService>()
            .AddHostedService<MetricsService>();
    }

    /// <summary>Adds what compares tables and profiles them; it needs the table engine only, no project.</summary>
    public static IServiceCollection AddDrift(this IServiceCollection services) => services
        .AddSingleton<IDriftTest, Psi>()
        .AddSingleton<IDriftTest, KolmogorovSmirnovDistance>()
        .AddSingleton<IDriftTest, ChiSquaredShift>()
        .AddSingleton<DriftTests>()
        .AddSingleton<CompareColumns>()
        .AddSingleton<ProfileTable>()
        .AddSingleton<DriftOfTables>()
        .AddSingleton<IStepAction, ProfileAction>();
}
