using Microsoft.AspNetCore.Http;

namespace Millwright.Web.Connection;

/// <summary>
/// How a browser carries its token, since it cannot send a header of its own choice. No script reads it, and another site's form does not
/// bring it along.
/// </summary>
public static class TokenCookie
{
    private const string Name = "mw-token";

    /// <summary>The token that the browser carries, or null.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[Name] is { Length: > 0 } escaped ? Uri.UnescapeDataString(escaped) : null;

    /// <summary>Gives the browser a token to carry until it is closed.</summary>
    public static void Give(HttpContext context, string token) => context.Response.Cookies.Append(Name, Uri.EscapeDataString(token), new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true,
    });

    /// <summary>Takes it back.</summary>
    public static void Take(HttpContext context) => context.Response.Cookies.Delete(Name);
}
