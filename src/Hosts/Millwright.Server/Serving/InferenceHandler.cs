using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Abstractions.Results;
using Millwright.Server.Problems;
using Millwright.Serving;
using Millwright.Serving.Infer;

namespace Millwright.Server.Serving;

/// <summary>One inference request over HTTP: body in, <see cref="InferRows"/>, body out. Buffers are pooled.</summary>
internal sealed class InferenceHandler(InferRows infer, ServingOptions options)
{
    private const string KeyHeader = "x-mw-key";
    private const string VersionHeader = "x-mw-model-version";
    private const string DeploymentHeader = "x-mw-deployment";
    private const int KeptBuffers = 64;
    private const int LargestKept = 1 << 20;

    private readonly ConcurrentQueue<ArrayBufferWriter<byte>> _buffers = new();

    /// <summary>A handler of requests that are written in a protocol.</summary>
    public RequestDelegate For(InferProtocol protocol) => context => HandleAsync(context, protocol);

    private static string? Route(HttpContext context, string name) => context.GetRouteValue(name) as string;

    private async Task HandleAsync(HttpContext context, InferProtocol protocol)
    {
        var version = 0;
        if (Route(context, "version") is { } asked && !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            await InferenceErrors.WriteAsync(
                context, protocol, StatusCodes.Status404NotFound, new Problem("inference.version", $"'{asked}' is no version.", "Versions are whole numbers from 1."));
            return;
        }

        if (protocol == InferProtocol.MLflow && context.Request.ContentType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            await InferenceErrors.WriteAsync(
                context, protocol, StatusCodes.Status415UnsupportedMediaType, new Problem("inference.media", $"The body is '{type}'.", "Send application/json."));
            return;
        }

        if (context.Request.Headers.ContentEncoding is { Count: > 0 } coding && coding != "identity")
        {
            // Not unpacked: a few kilobytes may hold gigabytes.
            await InferenceErrors.WriteAsync(
                context, protocol, StatusCodes.Status415UnsupportedMediaType, new Problem("inference.encoding", $"The body is compressed ('{coding}').", "Send it as it is, without Content-Encoding."));
            return;
        }

        using var body = await RequestBody.ReadAsync(context, options.MaxBodyBytes);
        if (body.IsTooLarge)
        {
            // The rest of the body is not read, so the connection cannot go on.
            context.Response.Headers.Connection = "close";
            await InferenceErrors.WriteAsync(
                context, protocol, StatusCodes.Status413PayloadTooLarge,
                new Problem("inference.size", $"The body is larger than {options.MaxBodyBytes} bytes.", "Send fewer rows per request, or use the 'predict' step for whole tables."));
            return;
        }

        if (body.Bytes.IsEmpty)
        {
            await InferenceErrors.WriteAsync(
                context, protocol, StatusCodes.Status400BadRequest, new Problem("inference.empty", "The body is empty.", "Send one JSON object; docs/reference/api.md shows it."));
            return;
        }

        var output = _buffers.TryDequeue(out var free) ? free : new ArrayBufferWriter<byte>(1024);
        try
        {
            var key = context.Request.Headers[KeyHeader];
            var request = new InferRequest(protocol, Route(context, "model"), body.Bytes)
            {
                Version = version == 0 ? null : version,
                Key = key.Count == 0 ? null : key.ToString(),
            };
            var outcome = await infer.RunAsync(request, output, context.RequestAborted);
            await AnswerAsync(context, protocol, outcome, output);
        }
        finally
        {
            Return(output);
        }
    }

    private static Task AnswerAsync(HttpContext context, InferProtocol protocol, InferOutcome outcome, ArrayBufferWriter<byte> output)
    {
        var response = context.Response;
        if (outcome.Version.Length > 0)
        {
            response.Headers[VersionHeader] = outcome.Version;
        }

        if (outcome.Deployment.Length > 0)
        {
            response.Headers[DeploymentHeader] = outcome.Deployment;
        }

        if (outcome.Problem is { } problem)
        {
            return InferenceErrors.WriteAsync(context, protocol, outcome.IsModelFailure ? StatusCodes.Status500InternalServerError : problem.Kind.Status(), problem);
        }

        response.ContentType = "application/json";
        response.ContentLength = output.WrittenCount;
        return response.BodyWriter.WriteAsync(output.WrittenMemory, context.RequestAborted).AsTask();
    }

    private void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity <= LargestKept && _buffers.Count < KeptBuffers)
        {
            buffer.ResetWrittenCount();
            _buffers.Enqueue(buffer);
        }
    }
}
