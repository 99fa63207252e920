using System.Net;
using Microsoft.AspNetCore.Http;

namespace Millwright.Server.Mlflow;

/// <summary>
/// Keeps web pages of strangers away from a server that trusts its own machine: a Host that is no address of this network (DNS rebinding)
/// is refused, and so is a change that a page of another origin sends.
/// </summary>
internal static class MlflowGuard
{
    public static Task PassAsync(HttpContext http, Func<Task> next)
    {
        // Who brings a token is no page that was lured here, whatever name the server has.
        if (http.User.Identity?.IsAuthenticated is not true && !IsOwn(http.Request.Host.Host))
        {
            return RefuseAsync(http, "Invalid Host header - possible DNS rebinding attack detected");
        }

        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return next();
        }

        var isOwn = Uri.TryCreate(origin, UriKind.Absolute, out var page) && (IsLocal(page.Host) || page.Authority == http.Request.Host.Value);
        if (HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers.AccessControlRequestMethod.Count > 0)
        {
            return PreflightAsync(http, isOwn ? origin : null);
        }

        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method);
        return changes && !isOwn ? RefuseAsync(http, "Cross-origin request blocked") : next();
    }

    private static async Task RefuseAsync(HttpContext http, string why)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync(why, http.RequestAborted);
    }

    // A stranger's page gets no permission and its browser sends nothing further.
    private static Task PreflightAsync(HttpContext http, string? allowed)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        if (allowed is not null)
        {
            http.Response.Headers.AccessControlAllowOrigin = allowed;
            http.Response.Headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
            http.Response.Headers.AccessControlAllowHeaders = "content-type, authorization";
        }

        return http.Response.WriteAsync("OK", http.RequestAborted);
    }

    private static bool IsOwn(string host) =>
        host.Length == 0 || IsLocal(host)
        || host.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsPrivate(address);

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    private static bool IsPrivate(IPAddress address) => address.GetAddressBytes() switch
    {
        [10, ..] or [192, 168, ..] or [127, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        [0xFC or 0xFD, ..] or [0xFE, >= 0x80 and <= 0xBF, ..] => true,
        _ => IPAddress.IsLoopback(address),
    };
}
