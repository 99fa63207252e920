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
        deployments.MapPost("", StartAsync).WithName("StartRollout").WithSummary("Roll out a model version, step by step.");
        deployments.MapGet("", List).WithName("ListDeployments").WithSummary("List deployments, newest first.");
        deployments.MapPost("/reconcile", ReconcileAsync).WithName("ReconcileRollouts").WithSummary("Look at every rollout now.");
        deployments.MapGet("/{id}", ShowAsync).WithName("ShowDeployment").WithSummary("Show a deployment, by id or by model, with every verdict.");
        deployments.MapGet("/{id}/verdicts", VerdictsAsync).WithName("ListVerdicts").WithSummary("The verdicts on a deployment over time.");
        deployments.MapPost("/{id}/rollback", RollBackAsync).WithName("RollBackDeployment").WithSummary("Take a deployment back.");
        deployments.MapPost("/{id}/abort", AbortAsync).WithName("AbortRollout").WithSummary("Stop a rollout.");
    }

    private static async Task<IResult> StartAsync(StartRolloutDto body, StartRollout start, HttpContext context, CancellationToken ct) =>
        (await start.RunAsync(DeploymentMapping.ToRequest(body, context.GetActor()), ct)).ToHttp(DeploymentMapping.From, DeliveryJson.Default.DeploymentDto);

    private static IResult List(ListDeployments list, string? model = null, string? before = null, int limit = 100) =>
        Page(list.Run(new DeploymentQuery { Model = model, Before = before is null ? null : new DeploymentId(before), Limit = limit }), limit);

    private static async Task<IResult> ReconcileAsync(ReconcileRollouts reconcile, ListDeployments list, CancellationToken ct)
    {
        await reconcile.RunAsync(ct);
        return Page(list.Run(new DeploymentQuery { Limit = 20 }), 20);
    }

    private static async Task<IResult> ShowAsync(string id, ShowDeployment show, TimeProvider clock, CancellationToken ct) =>
        (await show.RunAsync(id, ct)).ToHttp(details => DeploymentMapping.From(details, clock.GetUtcNow()), DeliveryJson.Default.DeploymentDetailsDto);

    private static async Task<IResult> VerdictsAsync(string id, ShowDeployment show, CancellationToken ct) =>
        (await show.RunAsync(id, ct)).ToHttp<DeploymentDetails, IReadOnlyList<CanaryVerdictDto>>(
            details => [.. details.Verdicts.Select(DeploymentMapping.From)], DeliveryJson.Default.IReadOnlyListCanaryVerdictDto);

    private static async Task<IResult> RollBackAsync(string id, ReasonDto body, RollBackDeployment rollBack, HttpContext context, CancellationToken ct) =>
        (await rollBack.RunAsync(id, body.Reason ?? "", context.GetActor(), ct)).ToHttp(DeploymentMapping.From, DeliveryJson.Default.DeploymentDto);

    private static async Task<IResult> AbortAsync(string id, ReasonDto body, AbortRollout abort, HttpContext context, CancellationToken ct) =>
        (await abort.RunAsync(new DeploymentId(id), body.Reason ?? "", context.GetActor(), ct)).ToHttp(DeploymentMapping.From, DeliveryJson.Default.DeploymentDto);

    private static IResult Page(IReadOnlyList<Deployment> page, int limit) => TypedResults.Json(
        new DeploymentListDto([.. page.Select(DeploymentMapping.From)], page.Count < limit || page.Count == 0 ? null : page[^1].Id.Value),
        DeliveryJson.Default.DeploymentListDto);
}
