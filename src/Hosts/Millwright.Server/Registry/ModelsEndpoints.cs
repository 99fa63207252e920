using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Ledger;
using Millwright.Contracts.Registry;
using Millwright.Ledger;
using Millwright.Registry;
using Millwright.Registry.Alias;
using Millwright.Registry.Approve;
using Millwright.Registry.List;
using Millwright.Registry.Promote;
using Millwright.Registry.Reject;
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
        models.MapGet("", List).WithName("ListModels").WithSummary("Registered models by name.").Answers<ModelPageDto>();
        models.MapGet("/{name}", Show).WithName("ShowModel").WithSummary("One model with its versions.").Answers<ModelDto>();
        models.MapGet("/{name}/history", History).WithName("ModelHistory").WithSummary("What happened to a model, newest first.").Answers<LedgerPageDto>();
        models.MapEvidence();
        models.MapPost("/{name}/versions/{version:int}/approve", ApproveAsync).WithName("ApproveModel").WithSummary("Approve a version; not by its author.")
            .Takes<ApproveDto>().Answers<ModelVersionDto>();
        models.MapPost("/{name}/versions/{version:int}/reject", RejectAsync).WithName("RejectModel").WithSummary("Reject a version: it does not go to production while the rejection stands.")
            .Takes<RejectDto>().Answers<ModelVersionDto>();
        models.MapPost("/{name}/versions/{version:int}/promote", PromoteAsync).WithName("PromoteModel").WithSummary("Move a version to a stage.")
            .Takes<PromoteDto>().Answers<ModelVersionDto>().MayRefuse();
        models.MapPost("/{name}/versions/{version:int}/alias", AliasAsync).WithName("SetAlias").WithSummary("Point an alias at a version.")
            .Takes<SetAliasDto>().Answers<ModelVersionDto>();
        models.MapDelete("/{name}/aliases/{alias}", RemoveAliasAsync).WithName("RemoveAlias").WithSummary("Remove an alias; one that is not there is fine.").Answers<ModelDto>();
        models.MapPost("/{name}/versions/{version:int}/tag", TagAsync).WithName("TagModel").WithSummary("Set or remove a tag of a version.")
            .Takes<SetTagDto>().Answers<ModelVersionDto>();
    }

    private static IResult List(ListModels list, string? after = null, int limit = 100)
    {
        var (models, next) = list.Run(after, limit);
        return TypedResults.Json(new ModelPageDto([.. models.Select(ModelShape.From)], next), ModelJson.Default.ModelPageDto);
    }

    private static IResult Show(ShowModel show, string name) => show.Run(name).ToHttp(ModelShape.From, ModelJson.Default.ModelDto);

    // Deleted versions have a history as well.
    private static IResult History(ShowModel show, ILedgerStore ledger, string name) => show.Run(name).ToHttp(
        state => new LedgerPageDto(
            [.. Enumerable.Range(1, state.Model.LastVersion)
                .SelectMany(version => ledger.Read(new LedgerQuery { Subject = Subject.Model(name, version).ToString(), NewestFirst = true, Limit = 1000 }))
                .Concat(ledger.Read(new LedgerQuery { Subject = Subject.RegisteredModel(name).ToString(), Kind = "model.*", NewestFirst = true, Limit = 1000 }))
                .DistinctBy(happened => happened.Seq)
                .OrderByDescending(happened => happened.Seq)
                .Select(LedgerEndpoints.From)],
            null),
        LedgerJson.Default.LedgerPageDto);

    private static async Task<IResult> ApproveAsync(HttpContext context, ApproveModel approve, string name, int version, CancellationToken ct) =>
        (await context.ReadBodyAsync(ModelJson.Default.ApproveDto, ct)).TryGet(out var body, out var problem)
            ? Answer(await approve.RunAsync(name, version, context.GetActor(), body.Comment ?? "", ct))
            : problem.ToHttp();

    private static async Task<IResult> RejectAsync(HttpContext context, RejectModel reject, string name, int version, CancellationToken ct) =>
        (await context.ReadBodyAsync(ModelJson.Default.RejectDto, ct)).TryGet(out var body, out var problem)
            ? Answer(await reject.RunAsync(name, version, context.GetActor(), body.Reason, ct))
            : problem.ToHttp();

    private static async Task<IResult> PromoteAsync(HttpContext context, PromoteModel promote, string name, int version, CancellationToken ct) =>
        (await context.ReadBodyAsync(ModelJson.Default.PromoteDto, ct)).TryGet(out var body, out var problem)
        && StageNames.Parse(body.Stage).TryGet(out var stage, out problem)
            ? Answer(await promote.RunAsync(name, version, stage, context.GetActor(), body.Reason ?? "", ct))
            : problem!.ToHttp();

    private static async Task<IResult> AliasAsync(HttpContext context, SetAlias alias, string name, int version, CancellationToken ct) =>
        (await context.ReadBodyAsync(ModelJson.Default.SetAliasDto, ct)).TryGet(out var body, out var problem)
            ? Answer(await alias.RunAsync(name, body.Alias, version, context.GetActor(), ct))
            : problem.ToHttp();

    private static async Task<IResult> RemoveAliasAsync(HttpContext context, SetAlias set, ShowModel show, string name, string alias, CancellationToken ct) =>
        (await set.RemoveAsync(name, alias, context.GetActor(), ct)).Then(_ => show.Run(name)).ToHttp(ModelShape.From, ModelJson.Default.ModelDto);

    private static async Task<IResult> TagAsync(HttpContext context, TagModel tag, string name, int version, CancellationToken ct) =>
        (await context.ReadBodyAsync(ModelJson.Default.SetTagDto, ct)).TryGet(out var body, out var problem)
            ? Answer(await tag.RunAsync(name, version, body.Key, body.Value, context.GetActor(), ct))
            : problem.ToHttp();

    private static IResult Answer(Result<ModelVersion> result) => result.ToHttp(ModelShape.From, ModelJson.Default.ModelVersionDto);
}
