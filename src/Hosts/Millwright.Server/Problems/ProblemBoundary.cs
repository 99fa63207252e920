using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Logging;
using Millwright.Abstractions.Results;
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
            await Explain(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; nobody is left to answer.
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Answer(context, new ProblemDto(bad.StatusCode, bad.Message, "http.invalid", "Compare the request with /openapi/v1.json.", []));
        }
        catch (Exception failure) when (Outage.Explain(failure) is { } outage)
        {
            Log.Outage(log, context.Request.Method, context.Request.Path, outage.Message);
            if (!context.Response.HasStarted)
            {
                await Answer(context, outage.ToDto());
            }
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

    // Routing refuses without a word; the paths of foreign protocols have error shapes of their own.
    private static Task Explain(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null
            || !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Path.StartsWithSegments("/api/2.0", StringComparison.Ordinal))
        {
            return Task.CompletedTask;
        }

        var what = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => $"There is no {request.Path}.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Method} is not for {request.Path}.",
            StatusCodes.Status415UnsupportedMediaType => $"The body's type is '{request.ContentType}', not 'application/json'.",
            StatusCodes.Status400BadRequest when Unbound(context) is { Length: > 0 } unbound => unbound,
            var status => $"The request was refused with status {status}.",
        };
        return Answer(context, new ProblemDto(response.StatusCode, what, "http.invalid", "Compare the request with /openapi/v1.json.", []));
    }

    // What the generated binding code refuses silently: a limit that is no number, a parameter that is missing.
    private static string Unbound(HttpContext context) => string.Join(
        ' ',
        (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
            .Where(parameter => !context.Request.RouteValues.ContainsKey(parameter.Name))
            .Select(parameter => (parameter, given: context.Request.Query[parameter.Name].ToString()))
            .Select(pair => pair switch
            {
                ({ HasTryParse: true } typed, { Length: > 0 } given) when !TypeDescriptor.GetConverter(typed.ParameterInfo.ParameterType).IsValid(given) =>
                    $"The parameter '{typed.Name}' does not fit: expected {JsonBody.Word(typed.ParameterInfo.ParameterType)}, found '{given}'.",
                ({ IsOptional: false } required, "") when required.ParameterInfo.ParameterType == typeof(string) => $"The parameter '{required.Name}' is missing.",
                _ => "",
            })
            .Where(told => told.Length > 0));

    private static Task Answer(HttpContext context, ProblemDto problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, ProblemJson.Default.ProblemDto, "application/problem+json", CancellationToken.None);
    }
}
