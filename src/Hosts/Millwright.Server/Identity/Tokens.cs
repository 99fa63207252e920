using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Millwright.Contracts.Problems;
using Millwright.Web.Connection;

namespace Millwright.Server.Identity;

/// <summary>
/// Tokens for callers that come over the network: programs send them as bearer tokens, browsers carry them after signing in. The project's
/// own socket is guarded by the file system.
/// </summary>
internal static class Tokens
{
    private const string Bearer = "Bearer ";

    public static void UseTokens(this WebApplication app, IReadOnlyDictionary<string, string> tokens)
    {
        if (tokens.Count == 0)
        {
            return;
        }

        app.Use(async (context, next) =>
        {
            if (Given(context) is { } token && OwnerOf(tokens, token) is { } owner)
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, owner)], "token"));
            }
            else if (context.Connection.RemoteIpAddress is not null && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null)
            {
                await RefuseAsync(context);
                return;
            }

            await next(context);
        });
        app.MapSignIn(tokens);
    }

    /// <summary>Whom a token stands for, or null.</summary>
    public static string? OwnerOf(IReadOnlyDictionary<string, string> tokens, string token)
    {
        // Compared as digests, in constant time, so that the answer's delay tells nothing of a token.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        string? found = null;
        foreach (var (known, owner) in tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(known))))
            {
                found = owner;
            }
        }

        return found;
    }

    private static string? Given(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : TokenCookie.Of(context);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect("/sign-in?back=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsJsonAsync(
            new ProblemDto(401, "This server wants a token.", "server.token", "Set MILLWRIGHT_TOKEN, or send Authorization: Bearer TOKEN.", []),
            ProblemJson.Default.ProblemDto, "application/problem+json", context.RequestAborted);
    }
}
