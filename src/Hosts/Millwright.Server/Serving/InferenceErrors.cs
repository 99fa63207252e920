using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Abstractions.Results;
using Millwright.Serving.Infer;

namespace Millwright.Server.Serving;

/// <summary>Problems in the protocols' own shapes: <c>{"error"}</c> for Open Inference, <c>{"error_code", "message"}</c> for MLflow.</summary>
internal static class InferenceErrors
{
    public static async Task WriteAsync(HttpContext context, InferProtocol protocol, int status, Problem problem)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var text = $"{problem.Message} {string.Concat(problem.Details.Select(detail => $"{detail}. "))}{problem.Fix}";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        if (protocol == InferProtocol.OpenInference)
        {
            json.WriteString("error"u8, text);
        }
        else
        {
            json.WriteString("error_code"u8, CodeOf(status));
            json.WriteString("message"u8, text);
        }

        json.WriteEndObject();
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "RESOURCE_DOES_NOT_EXIST",
        StatusCodes.Status500InternalServerError => "INTERNAL_ERROR",
        StatusCodes.Status503ServiceUnavailable => "TEMPORARILY_UNAVAILABLE",
        _ => "BAD_REQUEST",
    };
}
