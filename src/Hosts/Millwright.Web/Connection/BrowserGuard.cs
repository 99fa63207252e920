using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Millwright.Contracts.Problems;

namespace Millwright.Web.Connection;

/// <summary>
/// Keeps other sites out. A foreign page open in the user's browser can send requests to this machine: its forms carry its own
/// <c>Origin</c>, and a name that it points at this machine shows in <c>Host</c>. Both are refused. Pages may load from this server only.
/// </summary>
internal static class BrowserGuard
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void UseBrowserGuard(this IApplicationBuilder app, bool loopbackOnly) => app.Use(async (context, next) =>
    {
        if (Refusal(context.Request, loopbackOnly) is { } problem)
        {
            context.Response.StatusCode = problem.Status;
            await context.Response.WriteAsJsonAsync(problem, ProblemJson.Default.ProblemDto, "application/problem+json", context.RequestAborted);
            return;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            LimitToThisServer(context.Response);
        }

        await next(context);
    });

    /// <summary>The headers of every page: nothing from elsewhere, no framing, no copy in a cache.</summary>
    public static void LimitToThisServer(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private static ProblemDto? Refusal(HttpRequest request, bool loopbackOnly)
    {
        // The project's own socket is guarded by the file system.
        if (request.HttpContext.Connection.RemoteIpAddress is null || request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<GuardsItself>() is not null)
        {
            return null;
        }

        if (loopbackOnly && request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]" or "::1"))
        {
            return new ProblemDto(
                421, $"This server answers on this machine's own names only, not as '{request.Host.Host}'.", "server.host",
                "Use http://127.0.0.1:PORT, or start the server with MILLWRIGHT_TOKENS and --listen.", []);
        }

        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOwn(request)
            ? null
            : new ProblemDto(403, "Another site sent this form.", "server.origin", "Open the page on this server and act there.", []);
    }

    private static bool IsOwn(HttpRequest request)
    {
        if (StringValues.IsNullOrEmpty(request.Headers.Origin))
        {
            // Only browsers send the header, and they always do with a form of another site.
            return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
        }

        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
