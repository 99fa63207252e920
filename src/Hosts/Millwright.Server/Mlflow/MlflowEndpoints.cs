using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Server.Registry;
using Millwright.Server.Tracking;
using Millwright.Web.Connection;

namespace Millwright.Server.Mlflow;

/// <summary>
/// MLflow's REST protocol. Its paths are matched by the letter and not by ASP.NET's forgiving rules, because clients tell servers apart by
/// what is 404 and what is 405; one table instead of two routes per call also keeps the start fast.
/// </summary>
public static class MlflowEndpoints
{
    // The release whose protocol is answered; clients look at the major number.
    private const string ProtocolVersion = "3.6.1.dev0";

    private static readonly string[] Roots = ["/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/"];

    private static readonly string[] NothingStored =
    [
        "POST traces/search", "GET scorers/list", "POST datasets/search",
    ];

    /// <summary>Adds the calls of the rooms.</summary>
    public static IServiceCollection AddMlflow(this IServiceCollection services) => services
        .AddSingleton<IMlflowCalls, ExperimentCalls>()
        .AddSingleton<IMlflowCalls, RunCalls>()
        .AddSingleton<IMlflowCalls, LogCalls>()
        .AddSingleton<IMlflowCalls, MetricCalls>()
        .AddSingleton<IMlflowCalls, ArtifactCalls>()
        .AddSingleton<IMlflowCalls, ModelCalls>()
        .AddSingleton<IMlflowCalls, VersionCalls>();

    /// <summary>Maps <c>/api/2.0/mlflow</c>, <c>/ajax-api/2.0/mlflow</c>, the artifact proxy and the small paths that clients probe.</summary>
    public static void MapMlflow(this IEndpointRouteBuilder app)
    {
        var table = new Lazy<FrozenDictionary<string, MlflowCall[]>>(() => app.ServiceProvider.GetServices<IMlflowCalls>()
            .SelectMany(room => room.Calls)
            .GroupBy(call => call.Path, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal));
        RequestDelegate dispatch = http => MlflowGuard.PassAsync(http, () => DispatchAsync(http, table.Value));
        app.Map("/api/2.0/mlflow/{**call}", dispatch).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        app.Map("/ajax-api/2.0/mlflow/{**call}", dispatch).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        RequestDelegate newer = http => MlflowGuard.PassAsync(http, () => NewerAsync(http));
        app.Map("/api/3.0/mlflow/{**call}", newer).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        app.Map("/ajax-api/3.0/mlflow/{**call}", newer).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        app.MapMethods("/health", ["GET", "HEAD"], http => PlainAsync(http, "OK")).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        app.MapMethods("/version", ["GET", "HEAD"], http => PlainAsync(http, ProtocolVersion)).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        ArtifactEndpoints.Map(app);
    }

    /// <summary>The path as the client sent it, decoded once: routing would already have resolved <c>..</c> in it.</summary>
    internal static string SentPath(this HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return Uri.UnescapeDataString(target.Split('?')[0]);
    }

    private static async Task DispatchAsync(HttpContext http, FrozenDictionary<string, MlflowCall[]> table)
    {
        var path = http.Request.Path.Value!;
        if (path.Contains("//", StringComparison.Ordinal))
        {
            await RedirectAsync(http, path);
            return;
        }

        var root = Array.Find(Roots, root => path.StartsWith(root, StringComparison.Ordinal));
        if (root is null || !table.TryGetValue(path[root.Length..], out var calls) || calls[0].Prefix is MlflowPrefix.AjaxOnly && root != Roots[1])
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var method = HttpMethods.IsHead(http.Request.Method) ? HttpMethods.Get : http.Request.Method;
        if (Array.Find(calls, call => call.Methods.Split(' ').Contains(method, StringComparer.Ordinal)) is { } call)
        {
            await AnswerAsync(http, call);
            return;
        }

        http.Response.StatusCode = HttpMethods.IsOptions(method) ? StatusCodes.Status204NoContent : StatusCodes.Status405MethodNotAllowed;
        http.Response.Headers.Allow = string.Join(", ", calls.SelectMany(call => call.Methods.Split(' ')).Append("OPTIONS"));
    }

    private static async Task AnswerAsync(HttpContext http, MlflowCall call)
    {
        var ct = http.RequestAborted;
        if (!(await MlflowRequest.ReadAsync(http, ct)).TryGet(out var request, out var problem))
        {
            await ((MlflowAnswer)problem).SendAsync(http, ct);
            return;
        }

        using (request)
        {
            await (await call.Run(request, ct)).SendAsync(http, ct);
        }
    }

    // What only newer protocols store: there is none, and the searches say so.
    private static Task NewerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var call = $"{http.Request.Method} {path[(path.IndexOf("/mlflow/", StringComparison.Ordinal) + "/mlflow/".Length)..]}";
        if (NothingStored.Contains(call, StringComparer.Ordinal))
        {
            return MlflowAnswer.Empty.SendAsync(http, http.RequestAborted);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task RedirectAsync(HttpContext http, string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        var target = $"{http.Request.Scheme}://{http.Request.Host}{path}";
        var shown = System.Text.Encodings.Web.HtmlEncoder.Default.Encode(target);
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = new Uri(target).AbsoluteUri;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(
            "<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n"
            + $"<p>You should be redirected automatically to the target URL: <a href=\"{shown}\">{shown}</a>. If not, click the link.\n",
            Encoding.UTF8, http.RequestAborted);
    }

    private static Task PlainAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(text, http.RequestAborted);
    }
}
