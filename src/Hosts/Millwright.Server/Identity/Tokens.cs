using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Connections.Features;
using Millwright.Contracts.Problems;

namespace Millwright.Server.Identity;

/// <summary>Bearer tokens for callers that come over the network; the project's own socket is guarded by the file system.</summary>
internal static class Tokens
{
    public static void UseTokens(this IApplicationBuilder app, IReadOnlyDictionary<string, string> tokens)
    {
        if (tokens.Count == 0)
        {
            return;
        }

        app.Use(async (context, next) =>
        {
            if (context.Connection.RemoteIpAddress is null || Find(tokens, context.Request.Headers.Authorization.ToString()) is { } name && SignIn(context, name))
            {
                await next(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await context.Response.WriteAsJsonAsync(
                new ProblemDto(401, "This server wants a token.", "server.token", "Set MILLWRIGHT_TOKEN, or send Authorization: Bearer TOKEN.", []),
                ProblemJson.Default.ProblemDto, "application/problem+json", context.RequestAborted);
        });
    }

    private static string? Find(IReadOnlyDictionary<string, string> tokens, string header)
    {
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Compared as digests, in constant time, so that the answer's delay tells nothing of a token.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(header["Bearer ".Length..].Trim()));
        string? name = null;
        foreach (var (token, owner) in tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(token))))
            {
                name = owner;
            }
        }

        return name;
    }

    private static bool SignIn(HttpContext context, string name)
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "token"));
        return true;
    }
}
