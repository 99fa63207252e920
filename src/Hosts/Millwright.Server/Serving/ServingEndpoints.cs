using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Results;
using Millwright.Server.Hosting;
using Millwright.Server.Problems;
using Millwright.Serving;
using Millwright.Serving.Describe;
using Millwright.Serving.Infer;

namespace Millwright.Server.Serving;

/// <summary>Inference over HTTP: the Open Inference Protocol below <c>/v2</c> and MLflow's <c>/invocations</c>.</summary>
public static class ServingEndpoints
{
    /// <summary>Maps both protocols.</summary>
    public static void MapServing(this IEndpointRouteBuilder app)
    {
        // Resolved once: requests need no scope, and versions with traffic are loaded from the start.
        var services = app.ServiceProvider;
        var handler = new InferenceHandler(services.GetRequiredService<InferRows>(), services.GetRequiredService<ServingOptions>());
        var describe = services.GetRequiredService<DescribeModel>();

        app.MapPost("/v2/models/{model}/infer", handler.For(InferProtocol.OpenInference));
        app.MapPost("/v2/models/{model}/versions/{version}/infer", handler.For(InferProtocol.OpenInference));
        app.MapPost("/invocations", handler.For(InferProtocol.MLflow));
        app.MapPost("/models/{model}/invocations", handler.For(InferProtocol.MLflow));
        app.MapGet("/ping", context => Ready(context, isReady: true));

        app.MapGet("/v2", WriteServerAsync);
        app.MapGet("/v2/health/live", context => Ready(context, isReady: true));
        app.MapGet("/v2/health/ready", context => Ready(context, describe.IsReady()));
        app.MapGet("/v2/models/{model}/ready", context => Ready(context, describe.IsReady(Model(context))));
        app.MapGet("/v2/models/{model}/versions/{version}/ready", context => Ready(context, Version(context) is { } version && describe.IsLoaded(Model(context), version)));
        app.MapGet("/v2/models/{model}", context => WriteModelAsync(context, describe));
        app.MapGet("/v2/models/{model}/versions/{version}", context => WriteModelAsync(context, describe));
    }

    private static string Model(HttpContext context) => (string)context.GetRouteValue("model")!;

    private static int? Version(HttpContext context) =>
        int.TryParse(context.GetRouteValue("version") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static Task Ready(HttpContext context, bool isReady)
    {
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static async Task WriteServerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("name"u8, "millwright"u8);
        json.WriteString("version"u8, ServerHost.Version);
        json.WriteStartArray("extensions"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task WriteModelAsync(HttpContext context, DescribeModel describe)
    {
        var described = context.GetRouteValue("version") is string asked && Version(context) is null
            ? new Problem("inference.version", $"'{asked}' is no version.", "Versions are whole numbers from 1.", ProblemKind.NotFound)
            : await describe.RunAsync(Model(context), Version(context), context.RequestAborted);
        if (!described.TryGet(out var model, out var problem))
        {
            await InferenceErrors.WriteAsync(context, InferProtocol.OpenInference, problem.Kind.Status(), problem);
            return;
        }

        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("name"u8, model.Name);
        json.WriteStartArray("versions"u8);
        foreach (var version in model.Versions)
        {
            json.WriteStringValue(version);
        }

        json.WriteEndArray();
        json.WriteString("platform"u8, model.Platform);
        Write(json, "inputs", model.Inputs);
        Write(json, "outputs", model.Outputs);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<TensorDescription> tensors)
    {
        json.WriteStartArray(name);
        foreach (var tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tensor.Name);
            json.WriteString("datatype"u8, tensor.Datatype);
            json.WriteStartArray("shape"u8);
            foreach (var size in tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
