using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Millwright.Web.Connection;

namespace Millwright.Web.Layout;

/// <summary>Shows people a page where nothing is; programs keep their bare 404.</summary>
internal static class MissingPage
{
    public static void UseMissingPage(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null } && AskedForPage(context.Request))
        {
            BrowserGuard.LimitToThisServer(context.Response);

            // The router finds no page for this address either, and shows the one for that.
            await new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context);
        }
    });

    private static bool AskedForPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
