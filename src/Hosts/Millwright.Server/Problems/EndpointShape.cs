using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Millwright.Contracts.Problems;

namespace Millwright.Server.Problems;

/// <summary>What an endpoint takes and gives, for the OpenAPI document.</summary>
internal static class EndpointShape
{
    /// <summary>It answers 200 with this record, or with a problem.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<T>()
        .Produces<ProblemDto>(StatusCodes.Status400BadRequest, "application/problem+json")
        .Produces<ProblemDto>(StatusCodes.Status404NotFound, "application/problem+json");

    /// <summary>It takes this record as JSON.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint)
        where T : notnull => endpoint.Accepts<T>("application/json");

    /// <summary>The state may not allow it.</summary>
    public static RouteHandlerBuilder MayConflict(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<ProblemDto>(StatusCodes.Status409Conflict, "application/problem+json");

    /// <summary>A rule may answer no.</summary>
    public static RouteHandlerBuilder MayRefuse(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<ProblemDto>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");
}
