using Microsoft.AspNetCore.Http;

namespace Millwright.Web.Connection;

/// <summary>Who acts on a page: the owner of the token, or on this machine the name chosen in the page's header.</summary>
internal static class ActingUser
{
    public const string Cookie = "mw-actor";

    /// <summary>The name, or null for the one who started the server.</summary>
    public static string? Of(HttpContext context) =>
        context.User.Identity?.Name is { Length: > 0 } known ? known
        : context.Request.Cookies[Cookie] is { Length: > 0 } chosen ? Uri.UnescapeDataString(chosen)
        : null;
}
