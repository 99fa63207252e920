using Microsoft.AspNetCore.Http;
using Millwright.Abstractions.Identity;
using Millwright.Client;

namespace Millwright.Server.Identity;

/// <summary>Who acts in a request. On the project's own socket and on loopback the caller says so; with a token the token does.</summary>
public static class RequestActor
{
    private static readonly Actor Owner = new(Environment.UserName is { Length: > 0 } user ? user : "unknown");

    /// <summary>The actor of this request.</summary>
    public static Actor GetActor(this HttpContext context) =>
        context.User.Identity?.Name is { Length: > 0 } token ? new Actor(token)
        : context.Request.Headers[MillwrightClient.ActorHeader].ToString() is { Length: > 0 } said ? new Actor(Uri.UnescapeDataString(said))
        : Owner;
}
