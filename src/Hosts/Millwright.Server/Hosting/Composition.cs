using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Assurance;
using Millwright.Data;
using Millwright.Delivery;
using Millwright.DuckDb;
using Millwright.Features;
using Millwright.Ledger;
using Millwright.LocalFiles;
using Millwright.Monitoring;
using Millwright.Onnx;
using Millwright.Pipelines;
using Millwright.Registry;
using Millwright.Relational;
using Millwright.Server.Delivery;
using Millwright.Server.Ledger;
using Millwright.Server.Mlflow;
using Millwright.Server.Monitoring;
using Millwright.Server.Pipelines;
using Millwright.Server.Project;
using Millwright.Server.Registry;
using Millwright.Server.Serving;
using Millwright.Server.Tracking;
using Millwright.Serving;
using Millwright.Tracking;
using Millwright.Validation;
using Millwright.Web;
using Millwright.XGBoost;

namespace Millwright.Server.Hosting;

/// <summary>The table of contents: every room and every provider, once.</summary>
internal static class Composition
{
    /// <summary>Every key of <c>millwright.yaml</c>.</summary>
    public static IReadOnlyList<ConfigSection> Sections { get; } = [new("delivery", typeof(DeliveryOptions)), new("monitoring", typeof(MonitoringOptions))];

    public static void AddRooms(this IServiceCollection services, ProjectFolder project, IConfiguration config, Database database, bool isServer) => services
        .Configure<DeliveryOptions>(config.GetSection("delivery"))
        .Configure<MonitoringOptions>(config.GetSection("monitoring"))
        .AddRelational(database)
        .AddLocalFiles(project.State)
        .AddDuckDb()
        .AddXGBoost()
        .AddOnnx()
        .AddLedger()
        .AddData()
        .AddValidation()
        .AddFeatures()
        .AddAssurance()
        .AddRegistry()
        .AddServing(new ServingOptions(project.State))
        .AddDelivery()
        .AddMonitoring()
        // A host that lives for one command only must not start runs that it would not see to their end.
        .AddPipelines(new PipelinesOptions(project.Root) { Triggers = isServer })
        .AddTracking(Path.Combine(project.State, "artifacts"))
        .AddMlflow();

    public static void MapRooms(this IEndpointRouteBuilder app)
    {
        app.MapLedger();
        app.MapPipelines();
        app.MapModels();
        app.MapServing();
        app.MapDelivery();
        app.MapMonitoring();
        app.MapTracking();
        app.MapMlflow();
    }

    /// <summary>What only a server with an open port needs.</summary>
    public static void AddPages(this IServiceCollection services, ProjectFolder project)
    {
        services.AddOpenApi();
        services.AddWeb(project.Socket);
    }

    public static void MapPages(this WebApplication app, ListenOptions listen)
    {
        app.MapOpenApi();
        app.MapWeb(loopbackOnly: listen.Tokens.Count == 0);
    }
}
