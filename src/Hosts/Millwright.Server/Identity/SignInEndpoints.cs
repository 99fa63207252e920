using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Millwright.Web.Connection;

namespace Millwright.Server.Identity;

/// <summary>What the page <c>/sign-in</c> posts to, and the button that ends it.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app, IReadOnlyDictionary<string, string> tokens)
    {
        app.MapPost("/sign-in", (HttpContext context, [FromForm] string? token, [FromForm] string? back) => SignIn(context, tokens, token ?? "", back))
            .DisableAntiforgery().ExcludeFromDescription().AllowAnonymous();
        app.MapPost("/sign-out", SignOut).DisableAntiforgery().ExcludeFromDescription();
    }

    private static IResult SignIn(HttpContext context, IReadOnlyDictionary<string, string> tokens, string token, string? back)
    {
        if (Tokens.OwnerOf(tokens, token.Trim()) is null)
        {
            return Results.LocalRedirect("/sign-in?wrong=true&back=" + Uri.EscapeDataString(back ?? "/"));
        }

        TokenCookie.Give(context, token.Trim());
        return WayBack.To(back);
    }

    private static IResult SignOut(HttpContext context)
    {
        TokenCookie.Take(context);
        return Results.LocalRedirect("/sign-in");
    }
}
