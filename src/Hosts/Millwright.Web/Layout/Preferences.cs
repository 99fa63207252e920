using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Millwright.Web.Connection;

namespace Millwright.Web.Layout;

/// <summary>What the page's header lets a person choose, remembered by the browser: light or dark, and on this machine who acts.</summary>
internal static class Preferences
{
    public const string Theme = "mw-theme";

    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        app.MapPost("/preferences/theme", SetTheme).DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("/preferences/actor", SetActor).DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary><c>light</c>, <c>dark</c>, or null to follow the system.</summary>
    public static string? ThemeOf(HttpContext? context) => context?.Request.Cookies[Theme] is "light" or "dark" ? context.Request.Cookies[Theme] : null;

    private static IResult SetTheme(HttpContext context, [FromForm] string theme, [FromForm] string back)
    {
        Remember(context, Theme, theme is "light" or "dark" ? theme : "");
        return WayBack.To(back);
    }

    private static IResult SetActor(HttpContext context, [FromForm] string? actor, [FromForm] string back)
    {
        Remember(context, ActingUser.Cookie, Uri.EscapeDataString(actor?.Trim() ?? ""));
        return WayBack.To(back);
    }

    private static void Remember(HttpContext context, string cookie, string value)
    {
        if (value.Length == 0)
        {
            context.Response.Cookies.Delete(cookie);
            return;
        }

        // The theme is also set by the page's own script, which therefore may read it.
        context.Response.Cookies.Append(cookie, value, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Strict, HttpOnly = cookie is not Theme, Secure = context.Request.IsHttps, IsEssential = true,
        });
    }
}
