using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Web.Assets;
using Millwright.Web.Connection;
using Millwright.Web.Layout;

namespace Millwright.Web;

/// <summary>The pages: rendered on the server, fed by the same HTTP API that everybody else uses.</summary>
public static class WebModule
{
    /// <summary>Adds the pages.</summary>
    /// <param name="services">The server's services.</param>
    /// <param name="socket">Path of the project's own socket, where the pages get their facts.</param>
    public static IServiceCollection AddWeb(this IServiceCollection services, string socket)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(new ProjectSocket(socket));
        services.AddScoped(provider => provider.GetRequiredService<ProjectSocket>().ClientOfRequest(provider));
        services.AddRazorComponents();
        PassingKeys.Configure(services);
        return services;
    }

    /// <summary>Maps the pages, their assets and the two forms of the page header.</summary>
    /// <param name="app">The server.</param>
    /// <param name="loopbackOnly">True when callers are known only by being on this machine: then only names of this machine are answered.</param>
    public static void MapWeb(this WebApplication app, bool loopbackOnly)
    {
        app.UseBrowserGuard(loopbackOnly);
        app.UseMissingPage();
        app.MapAssets();
        app.MapPreferences();

        // The guard above checks that a form comes from this site; tokens in forms would need keys on disk for the same end.
        app.MapRazorComponents<App>().DisableAntiforgery();
    }
}
