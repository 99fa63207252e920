using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millwright.Web.Assets;

/// <summary>Serves the bundles.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder app) => app.MapGet("/assets/{file}", ServeAsync).ExcludeFromDescription().AllowAnonymous();

    private static async Task ServeAsync(HttpContext context)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        await using var gzipped = PageAssets.OpenGzipped(file);
        if (gzipped is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = file.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            headers.ContentEncoding = "gzip";
            context.Response.ContentLength = gzipped.Length;
            await gzipped.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        await using var plain = new GZipStream(gzipped, CompressionMode.Decompress);
        await plain.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
