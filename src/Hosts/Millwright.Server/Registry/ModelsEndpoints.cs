using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Ledger;
using Millwright.Contracts.Registry;
using Millwright.Ledger;
using Millwright.Registry;
using Millwright.Registry.Alias;
using Millwright.Registry.Approve;
using Millwright.Registry.List;
using Millwright.Registry.Promote;
using Millwright.Registry.Show;
using Millwright.Registry.Tag;
using Millwright.Server.Identity;
using Millwright.Server.Ledger;
using Millwright.Server.Problems;

namespace Millwright.Server.Registry;

/// <summary>The registry over HTTP.</summary>
public static class ModelsEndpoints
{
    /// <summary>Maps <c>/api/models</c>.</summary>
    public static void MapModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/api/models").WithTags("Models");
        models.MapGet("", List).WithName("ListModels").WithSummary("Registered models by name.");
        models.MapGet("/{name}", Show).WithName("ShowModel").WithSummary("One model with its versions.");
        models.MapGet("/{name}/history", History).WithName("ModelHistory").WithSummary("What happened to a model, newest first.");
        models.MapGet("/{name}/versions/{version:int}/evidence", EvidenceAsync).WithName("ModelEvidence").WithSummary("Signature, metrics, gate, fairness, explanation and profile of a version.");
        models.MapPost("/{name}/versions/{version:int}/approve", ApproveAsync).WithName("ApproveModel").WithSummary("Approve a version; not by its author.");
        models.MapPost("/{name}/versions/{version:int}/promote", PromoteAsync).WithName("PromoteModel").WithSummary("Move a version to a stage.");
        models.MapPost("/{name}/versions/{version:int}/alias", AliasAsync).WithName("SetAlias").WithSummary("Point an alias at a version.");
        models.MapPost("/{name}/versions/{version:int}/tag", TagAsync).WithName("TagModel").WithSummary("Set or remove a tag of a version.");
    }

    private static IResult List(ListModels list, string? after = null, int limit = 100)
    {
        var (models, next) = list.Run(after, limit);
        return TypedResults.Json(new ModelPageDto([.. models.Select(ModelShape.From)], next), ModelJson.Default.ModelPageDto);
    }

    private static IResult Show(ShowModel show, string name) => show.Run(name).ToHttp(ModelShape.From, ModelJson.Default.ModelDto);

    private static IResult History(ShowModel show, ILedgerStore ledger, string name) => show.Run(name).ToHttp(
        state => new LedgerPageDto(
            [.. state.Versions.SelectMany(version => ledger.Read(new LedgerQuery { Subject = version.Subject.ToString(), NewestFirst = true, Limit = 1000 }))
                .DistinctBy(happened => happened.Seq)
                .OrderByDescending(happened => happened.Seq)
                .Select(LedgerEndpoints.From)],
            null),
        LedgerJson.Default.LedgerPageDto);

    private static async Task<IResult> EvidenceAsync(ShowModel show, IContentStore content, string name, int version, CancellationToken ct)
    {
        if (!show.Run(name).TryGet(out var state, out var problem))
        {
            return problem.ToHttp();
        }

        if (state[version] is not { } found)
        {
            return new Problem("model.version-unknown", $"The model '{name}' has no version '{version}'.", $"Run 'mw model show {name}'.", ProblemKind.NotFound).ToHttp();
        }

        async Task<JsonElement?> Read(string file) => found.Artifact is { } artifact ? await ReadAsync(content, artifact, file, ct) : null;
        var evidence = new ModelEvidenceDto(
            await Read(ModelFiles.Signature), await Read(ModelFiles.Metrics), await Read(ModelFiles.Gate),
            await Read(ModelFiles.Fairness), await Read(ModelFiles.Explanation), await Read(ModelFiles.Profile));
        return TypedResults.Json(evidence, ModelJson.Default.ModelEvidenceDto);
    }

    private static async Task<JsonElement?> ReadAsync(IContentStore content, ContentDigest artifact, string file, CancellationToken ct)
    {
        if (!(await content.OpenAsync(artifact, file, ct)).TryGet(out var stream, out _))
        {
            return null;
        }

        await using (stream)
        {
            using var document = await JsonDocument.ParseAsync(stream, default, ct);
            return document.RootElement.Clone();
        }
    }

    private static async Task<IResult> ApproveAsync(HttpContext context, ApproveModel approve, string name, int version, CancellationToken ct) =>
        Answer(await approve.RunAsync(name, version, context.GetActor(), (await Body(context, ModelJson.Default.ApproveDto, ct))?.Comment ?? "", ct));

    private static async Task<IResult> PromoteAsync(HttpContext context, PromoteModel promote, string name, int version, CancellationToken ct)
    {
        var body = await Body(context, ModelJson.Default.PromoteDto, ct);
        return StageNames.Parse(body?.Stage ?? "").TryGet(out var stage, out var problem)
            ? Answer(await promote.RunAsync(name, version, stage, context.GetActor(), body!.Reason ?? "", ct))
            : problem.ToHttp();
    }

    private static async Task<IResult> AliasAsync(HttpContext context, SetAlias alias, string name, int version, CancellationToken ct) =>
        Answer(await alias.RunAsync(name, (await Body(context, ModelJson.Default.SetAliasDto, ct))?.Alias ?? "", version, context.GetActor(), ct));

    private static async Task<IResult> TagAsync(HttpContext context, TagModel tag, string name, int version, CancellationToken ct)
    {
        var body = await Body(context, ModelJson.Default.SetTagDto, ct);
        return Answer(await tag.RunAsync(name, version, body?.Key ?? "", body?.Value, context.GetActor(), ct));
    }

    private static ValueTask<T?> Body<T>(HttpContext context, JsonTypeInfo<T> type, CancellationToken ct) => context.Request.ReadFromJsonAsync(type, ct);

    private static IResult Answer(Result<ModelVersion> result) => result.ToHttp(ModelShape.From, ModelJson.Default.ModelVersionDto);
}
