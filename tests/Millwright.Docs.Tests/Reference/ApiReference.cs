using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Millwright.Docs.Tests.Reference;

/// <summary>Writes <c>docs/reference/api.md</c> from the endpoints of a running server that carry a summary.</summary>
internal static class ApiReference
{
    public static string Write(IServiceProvider services)
    {
        var text = new StringBuilder("""
            # HTTP API

            Generated from the endpoints' own names and summaries. A server on the network wants `Authorization: Bearer TOKEN`; one on the loopback
            address takes the acting user from the header `X-Millwright-Actor`. An error is a problem document (RFC 9457) with `code` and `fix`.

            Protocols of other tools keep their own paths and error shapes: inference below `/v2` (Open Inference Protocol) and `/invocations`
            (MLflow); see [serving](../how-to/serving.md).

            """);
        var endpoints = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (
                Tag: endpoint.Metadata.GetMetadata<ITagsMetadata>() is { Tags: [var tag, ..] } ? tag : "Server",
                Summary: endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary,
                Name: endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "",
                Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [],
                Path: (endpoint.RoutePattern.RawText ?? "").Replace(":int}", "}", StringComparison.Ordinal)))
            .Where(endpoint => endpoint.Summary is not null);
        foreach (var room in endpoints.GroupBy(endpoint => endpoint.Tag).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {room.Key}\n\n| Request | Name | What it does |\n|---|---|---|\n");
            foreach (var endpoint in room.OrderBy(endpoint => endpoint.Path, StringComparer.Ordinal).ThenBy(endpoint => string.Join(',', endpoint.Methods), StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{string.Join(", ", endpoint.Methods)} {endpoint.Path.TrimEnd('/')}` | {endpoint.Name} | {endpoint.Summary} |\n");
            }
        }

        return text.ToString();
    }
}
