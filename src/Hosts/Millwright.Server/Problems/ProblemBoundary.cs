using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Millwright.Contracts.Problems;

namespace Millwright.Server.Problems;

/// <summary>The one boundary where exceptions are caught: a bug or an outage becomes a problem with a number to look for in the log.</summary>
internal static class ProblemBoundary
{
    public static void UseProblemBoundary(this IApplicationBuilder app, ILogger log) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; nobody is left to answer.
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Answer(context, new ProblemDto(bad.StatusCode, bad.Message, "http.invalid", "Compare the request with /openapi/v1.json.", []));
        }
        catch (Exception failure)
        {
            Log.Unhandled(log, context.Request.Method, context.Request.Path, context.TraceIdentifier, failure);
            if (!context.Response.HasStarted)
            {
                await Answer(context, new ProblemDto(500, $"A bug: {failure.Message}", "bug", $"Please report it with the log lines of request {context.TraceIdentifier}.", []));
            }
        }
    });

    private static Task Answer(HttpContext context, ProblemDto problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, ProblemJson.Default.ProblemDto, "application/problem+json", CancellationToken.None);
    }
}
