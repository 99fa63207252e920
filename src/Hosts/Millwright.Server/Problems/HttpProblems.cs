using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Problems;

namespace Millwright.Server.Problems;

/// <summary>Results as HTTP answers: the one place where a kind of problem becomes a status.</summary>
public static class HttpProblems
{
    /// <summary>200 with the value, or the problem.</summary>
    public static IResult ToHttp<T, TDto>(this Result<T> result, Func<T, TDto> map, JsonTypeInfo<TDto> type) =>
        result.TryGet(out var value, out var problem) ? TypedResults.Json(map(value), type) : problem.ToHttp();

    /// <summary>204, or the problem.</summary>
    public static IResult ToHttp(this Result<Done> result) => result.Problem?.ToHttp() ?? TypedResults.NoContent();

    /// <summary>The problem as <c>application/problem+json</c>.</summary>
    public static IResult ToHttp(this Problem problem) =>
        TypedResults.Json(problem.ToDto(), ProblemJson.Default.ProblemDto, "application/problem+json", problem.Kind.Status());

    /// <summary>The problem as a record.</summary>
    public static ProblemDto ToDto(this Problem problem) =>
        new(problem.Kind.Status(), problem.Message, problem.Code, problem.Fix, [.. problem.Details.Select(detail => detail.ToString())]);

    /// <summary>HTTP status of a kind.</summary>
    public static int Status(this ProblemKind kind) => kind switch
    {
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
        ProblemKind.Refused => StatusCodes.Status422UnprocessableEntity,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ProblemKind.Full => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status400BadRequest,
    };
}
