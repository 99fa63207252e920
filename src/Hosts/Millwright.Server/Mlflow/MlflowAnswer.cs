using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Abstractions.Results;

namespace Millwright.Server.Mlflow;

/// <summary>An answer of MLflow's protocol: a JSON object, or an error with <c>error_code</c> and <c>message</c>.</summary>
internal sealed class MlflowAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Action<Utf8JsonWriter>? _write;
    private readonly Problem? _problem;

    private MlflowAnswer(Action<Utf8JsonWriter>? write, Problem? problem) => (_write, _problem) = (write, problem);

    /// <summary><c>{}</c></summary>
    public static MlflowAnswer Empty { get; } = new(null, null);

    /// <summary>An object whose fields are written by <paramref name="write"/>.</summary>
    public static MlflowAnswer Json(Action<Utf8JsonWriter> write) => new(write, null);

    /// <summary>The error of a problem.</summary>
    public static implicit operator MlflowAnswer(Problem problem) => new(null, problem);

    /// <summary>The value's answer, or the error.</summary>
    public static MlflowAnswer Of<T>(Result<T> result, Action<Utf8JsonWriter, T>? write = null) =>
        result.TryGet(out var value, out var problem) ? (write is null ? Empty : Json(json => write(json, value))) : problem;

    /// <summary>Sends it.</summary>
    public async Task SendAsync(HttpContext http, CancellationToken ct)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
        if (_problem is not null)
        {
            http.Response.StatusCode = MlflowErrors.Status(_problem);
        }

        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, Options))
        {
            json.WriteStartObject();
            if (_problem is not null)
            {
                json.WriteString("error_code", MlflowErrors.Code(_problem));
                json.WriteString("message", _problem.Message);
            }

            _write?.Invoke(json);
            json.WriteEndObject();
        }

        await http.Response.BodyWriter.FlushAsync(ct);
    }
}

/// <summary>Problems as MLflow's error codes. What is the caller's fault is a 4xx: its clients retry a 5xx for minutes.</summary>
internal static class MlflowErrors
{
    public static string Code(Problem problem) => problem.Code switch
    {
        "experiment.name_taken" or "search.list" or "run.no_experiment" => "BAD_REQUEST",
        "experiment.not_active" or "model.in-production" => "INVALID_STATE",
        "artifact.multipart" => "NOT_IMPLEMENTED",
        _ => problem.Kind switch
        {
            ProblemKind.NotFound => "RESOURCE_DOES_NOT_EXIST",
            ProblemKind.Conflict => "RESOURCE_ALREADY_EXISTS",
            ProblemKind.Forbidden or ProblemKind.Refused => "PERMISSION_DENIED",
            ProblemKind.Unavailable => "TEMPORARILY_UNAVAILABLE",
            ProblemKind.Full => "RESOURCE_EXHAUSTED",
            _ => "INVALID_PARAMETER_VALUE",
        },
    };

    public static int Status(Problem problem) => problem.Code is "artifact.multipart" ? StatusCodes.Status501NotImplemented : problem.Kind switch
    {
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Forbidden or ProblemKind.Refused => StatusCodes.Status403Forbidden,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ProblemKind.Full => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status400BadRequest,
    };
}
