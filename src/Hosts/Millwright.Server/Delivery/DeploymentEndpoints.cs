using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Contracts.Delivery;
using Millwright.Delivery;
using Millwright.Delivery.Abort;
using Millwright.Delivery.Reconcile;
using Millwright.Delivery.RollBack;
using Millwright.Delivery.Show;
using Millwright.Delivery.Start;
using Millwright.Server.Identity;
using Millwright.Server.Problems;

namespace Millwright.Server.Delivery;

/// <summary>Deployments over HTTP.</summary>
public static class DeploymentEndpoints
{
    /// <summary>Maps <c>/api/deployments</c>.</summary>
    public static void MapDelivery(this IEndpointRouteBuilder app)
    {
        var deployments = app.MapGroup("/api/deployments").WithTags("Delivery");
        deployments.MapPost("", StartAsync).WithName("StartRollout").WithSummary("Roll out a model version, step by step.")
            .Takes<StartRolloutDto>().Answers<DeploymentDto>().MayConflict().MayRefuse();
        deployments.MapGet("", List).WithName("ListDeployments").WithSummary("List deployments, newest first.").Answers<DeploymentListDto>();
        deployments.MapPost("/reconcile", ReconcileAsync).WithName("ReconcileRollouts").WithSummary("Look at every rollout now.").Answers<DeploymentListDto>();
        deployments.MapGet("/{id}", ShowAsync).WithName("ShowDeployment").WithSummary("Show a deployment, by id or by model, with every verdict.")
            .Answers<DeploymentDetailsDto>();
        deployments.MapGet("/{id}/verdicts", VerdictsAsync).WithName("ListVerdicts").WithSummary("The verdicts on a deployment over time.")
            .Answers<IReadOnlyList<CanaryVerdictDto>>();
        deployments.MapPost("/{id}/rollback", RollBackAsync).WithName("RollBackDeployment").WithSummary("Take a deployment back.")
            .Takes<ReasonDto>().Answers<DeploymentDto>().MayConflict();
        deployments.MapPost("/{id}/abort", AbortAsync).WithName("AbortRollout").WithSummary("Stop a rollout.")
            .Takes<ReasonDto>().Answers<DeploymentDto>().MayConflict();
    }

    private static async Task<IResult> StartAsync(StartRollout start, HttpContext context, CancellationToken ct) =>
        (await context.ReadBodyAsync(DeliveryJson.Default.StartRolloutDto, ct)).TryGet(out var body, out var problem)
        && DeploymentMapping.ToRequest(body, context.GetActor()).TryGet(out var request, out problem)
            ? (await start.RunAsync(request, ct)).ToHttp(DeploymentMapping.From, DeliveryJson.Default.DeploymentDto)
            : problem!.ToHttp();

    private static IResult List(ListDeployments list, string? model = null, string? before = null, int limit = ListDeployments.UsualPage)
    {
        var page = list.Run(new DeploymentQuery { Model = model, Before = before is null ? null : new DeploymentId(before), Limit = limit });
        return TypedResults.Json(
            new DeploymentListDto([.. page.Deployments.Select(DeploymentMapping.From)], page.Next?.Value), DeliveryJson.Default.DeploymentListDto);
    }

    private static async Task<IResult> ReconcileAsync(ReconcileRollouts reconcile, ListDeployments list, CancellationToken ct)
    {
        await reconcile.RunAsync(ct);
        return List(list, limit: 20);
    }

    private static async Task<IResult> ShowAsync(string id, ShowDeployment show, TimeProvider clock, CancellationToken ct) =>
        (await show.RunAsync(id, ct)).ToHttp(details => DeploymentMapping.From(details, clock.GetUtcNow()), DeliveryJson.Default.DeploymentDetailsDto);

    private static async Task<IResult> VerdictsAsync(string id, ShowDeployment show, CancellationToken ct) =>
        (await show.RunAsync(id, ct)).ToHttp<DeploymentDetails, IReadOnlyList<CanaryVerdictDto>>(
            details => [.. details.Verdicts.Select(DeploymentMapping.From)], DeliveryJson.Default.IReadOnlyListCanaryVerdictDto);

    private static async Task<IResult> RollBackAsync(string id, RollBackDeployment rollBack, HttpContext context, CancellationToken ct) =>
        (await context.ReadBodyAsync(DeliveryJson.Default.ReasonDto, ct)).TryGet(out var body, out var problem)
            ? (await rollBack.RunAsync(id, body.Reason ?? "", context.GetActor(), ct)).ToHttp(DeploymentMapping.From, DeliveryJson.Default.DeploymentDto)
            : problem.ToHttp();

    private static async Task<IResult> AbortAsync(string id, AbortRollout abort, HttpContext context, CancellationToken ct) =>
        (await context.ReadBodyAsync(DeliveryJson.Default.ReasonDto, ct)).TryGet(out var body, out var problem)
            ? (await abort.RunAsync(id, body.Reason ?? "", context.GetActor(), ct)).ToHttp(DeploymentMapping.From, DeliveryJson.Default.DeploymentDto)
            : problem.ToHttp();
}
