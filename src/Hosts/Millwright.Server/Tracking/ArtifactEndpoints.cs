using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Millwright.Abstractions.Results;
using Millwright.Server.Mlflow;
using Millwright.Tracking;
using Millwright.Tracking.Artifacts;
using Millwright.Tracking.Runs;
using Millwright.Web.Connection;

namespace Millwright.Server.Tracking;

/// <summary>Uploads and downloads of artifacts: MLflow's artifact proxy and the two paths that its pages use. Bodies are streamed, never buffered.</summary>
internal static class ArtifactEndpoints
{
    private static readonly Problem NoMultipart = new(
        "artifact.multipart", "Multipart upload is not supported for the current artifact repository", "Upload the file with one PUT.");

    public static void Map(IEndpointRouteBuilder app)
    {
        RequestDelegate proxy = http => MlflowGuard.PassAsync(http, () => ProxyAsync(http));
        app.Map("/api/2.0/mlflow-artifacts/{**path}", proxy).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        app.Map("/ajax-api/2.0/mlflow-artifacts/{**path}", proxy).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        app.MapMethods("/get-artifact", ["GET", "HEAD"], http => MlflowGuard.PassAsync(http, () => GetOfRunAsync(http))).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
        app.MapMethods("/ajax-api/2.0/mlflow/upload-artifact", ["POST"], http => MlflowGuard.PassAsync(http, () => UploadToRunAsync(http))).ExcludeFromDescription().WithMetadata(GuardsItself.Instance);
    }

    /// <summary>An entry of a listing below a folder. A length of 0 is absent, as everything that is 0 or empty in this protocol's listings.</summary>
    public static void Entry(Utf8JsonWriter json, ArtifactEntry entry, string folder)
    {
        json.WriteString("path", folder + entry.Name);
        json.WriteBoolean("is_dir", entry.Length is null);
        if (entry.Length is > 0 and var length)
        {
            json.WriteNumber("file_size", length);
        }
    }

    private static Task ProxyAsync(HttpContext http)
    {
        var sent = http.SentPath();
        var rest = sent[(sent.IndexOf("mlflow-artifacts/", StringComparison.Ordinal) + "mlflow-artifacts/".Length)..];
        return (http.Request.Method, rest) switch
        {
            ("GET" or "HEAD", "artifacts") => ListAsync(http),
            ("POST", _) when rest.StartsWith("mpu/", StringComparison.Ordinal) => MultipartAsync(http),
            _ when rest.StartsWith("artifacts/", StringComparison.Ordinal) && rest.Length > "artifacts/".Length => FileAsync(http, rest["artifacts/".Length..]),
            _ => StatusAsync(http, StatusCodes.Status404NotFound),
        };
    }

    private static async Task ListAsync(HttpContext http)
    {
        if (!ArtifactPath.Parse(http.Request.Query["path"]).TryGet(out var path, out var problem))
        {
            await SendAsync(http, problem);
            return;
        }

        var entries = await Folder(http).ListAsync(path, http.RequestAborted);
        await SendAsync(http, MlflowAnswer.Json(json => MlflowRuns.List(json, "files", entries, entry => Entry(json, entry, ""))));
    }

    private static async Task FileAsync(HttpContext http, string sent)
    {
        if (http.Request.Method is not ("GET" or "HEAD" or "PUT" or "DELETE"))
        {
            await StatusAsync(http, StatusCodes.Status405MethodNotAllowed);
            return;
        }

        if (!ArtifactPath.Parse(sent).TryGet(out var path, out var problem))
        {
            await SendAsync(http, problem);
            return;
        }

        switch (http.Request.Method)
        {
            case "PUT":
                await SendAsync(http, MlflowAnswer.Of(await WriteAsync(http, path)));
                break;
            case "DELETE":
                await SendAsync(http, MlflowAnswer.Of(Folder(http).Delete(path)));
                break;
            default:
                await DownloadAsync(http, path);
                break;
        }
    }

    private static Task<Result<Done>> WriteAsync(HttpContext http, ArtifactPath path)
    {
        // Artifacts have no bound but the disk's.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        return Folder(http).WriteAsync(path, http.Request.Body, http.RequestAborted);
    }

    private static async Task DownloadAsync(HttpContext http, ArtifactPath path)
    {
        if (!(await Folder(http).OpenAsync(path, http.RequestAborted)).TryGet(out var file, out var problem))
        {
            await SendAsync(http, problem);
            return;
        }

        await using (file)
        {
            var name = path.Value[(path.Value.LastIndexOf('/') + 1)..];
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(name);
            http.Response.ContentType = ArtifactTypes.Of(name);
            http.Response.Headers.ContentDisposition = disposition.ToString();
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.ContentLength = file.CanSeek ? file.Length : null;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await file.CopyToAsync(http.Response.Body, http.RequestAborted);
            }
        }
    }

    private static async Task MultipartAsync(HttpContext http)
    {
        if (!(await MlflowRequest.ReadAsync(http, http.RequestAborted)).TryGet(out var request, out var problem))
        {
            await SendAsync(http, problem);
            return;
        }

        using (request)
        {
            request.Required("path");
            await SendAsync(http, request.Problem ?? NoMultipart);
        }
    }

    private static async Task GetOfRunAsync(HttpContext http)
    {
        if (!http.Request.Query.TryGetValue("path", out var path))
        {
            await StatusAsync(http, StatusCodes.Status400BadRequest);
            return;
        }

        if (PathInRun(http, RunOf(http), path.ToString()).TryGet(out var found, out var problem))
        {
            await DownloadAsync(http, found);
            return;
        }

        await SendAsync(http, problem);
    }

    private static async Task UploadToRunAsync(HttpContext http)
    {
        var missing = RunOf(http).Value is "None" ? "run_uuid" : string.IsNullOrEmpty(http.Request.Query["path"]) ? "path" : http.Request.ContentLength is null or 0 ? "data" : null;
        if (missing is not null)
        {
            await SendAsync(http, new Problem("request.invalid", $"Request must specify {missing}.", "Add it."));
            return;
        }

        await SendAsync(http, PathInRun(http, RunOf(http), http.Request.Query["path"].ToString()).TryGet(out var path, out var problem)
            ? MlflowAnswer.Of(await WriteAsync(http, path))
            : problem);
    }

    private static RunId RunOf(HttpContext http) => new(
        http.Request.Query["run_id"] is [{ Length: > 0 } id, ..] ? id : http.Request.Query["run_uuid"] is [{ Length: > 0 } old, ..] ? old : "None");

    private static Result<ArtifactPath> PathInRun(HttpContext http, RunId id, string below)
    {
        if (http.RequestServices.GetRequiredService<IRunStore>().FindInfo(id) is not { } run)
        {
            return TrackingProblems.UnknownRun(id);
        }

        return ArtifactFolder.PathOf(run.ArtifactUri) is not { } root
            ? new Problem("artifact.elsewhere", $"The artifacts of run {id} lie at {run.ArtifactUri}.", "Fetch them from there.", ProblemKind.NotFound)
            : ArtifactPath.Parse(below).Map(path => new ArtifactPath(root.TrimEnd('/')).Child(path.Value));
    }

    private static ArtifactFolder Folder(HttpContext http) => http.RequestServices.GetRequiredService<ArtifactFolder>();

    private static Task SendAsync(HttpContext http, MlflowAnswer answer) => answer.SendAsync(http, http.RequestAborted);

    private static Task StatusAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
