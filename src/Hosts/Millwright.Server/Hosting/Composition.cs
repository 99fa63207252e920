using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Ledger;
using Millwright.Relational;
using Millwright.Server.Ledger;
using Millwright.Server.Project;
using Millwright.Web;

namespace Millwright.Server.Hosting;

/// <summary>The table of contents: every room and every provider, once.</summary>
internal static class Composition
{
    public static void AddRooms(this IServiceCollection services, Database database) => services
        .AddRelational(database)
        .AddLedger();

    public static void MapRooms(this IEndpointRouteBuilder app)
    {
        app.MapLedger();
    }

    /// <summary>What only a server with an open port needs.</summary>
    public static void AddPages(this IServiceCollection services, ProjectFolder project) => services.AddWeb(project.Socket);

    public static void MapPages(this WebApplication app, ListenOptions listen) => app.MapWeb(loopbackOnly: listen.Tokens.Count == 0);
}
