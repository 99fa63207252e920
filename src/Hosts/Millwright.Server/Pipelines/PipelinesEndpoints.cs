using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Abstractions.Results;
using Millwright.Contracts.Pipelines;
using Millwright.Pipelines;
using Millwright.Pipelines.Cancel;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.List;
using Millwright.Pipelines.Logs;
using Millwright.Pipelines.Plan;
using Millwright.Pipelines.Schedule;
using Millwright.Pipelines.Show;
using Millwright.Pipelines.Watch;
using Millwright.Server.Identity;
using Millwright.Server.Problems;

namespace Millwright.Server.Pipelines;

/// <summary>Pipelines and their runs over HTTP.</summary>
public static class PipelinesEndpoints
{
    private const int MostLogLines = 10_000;

    /// <summary>Maps <c>/api/pipelines</c> and <c>/api/runs</c>.</summary>
    public static void MapPipelines(this IEndpointRouteBuilder app)
    {
        var pipelines = app.MapGroup("/api/pipelines").WithTags("Pipelines");
        pipelines.MapGet("", ListAsync).WithName("ListPipelines").WithSummary("The pipelines of the project.");
        pipelines.MapGet("/plan", PlanAsync).WithName("PlanPipeline").WithSummary("Check one pipeline and show its plan.");
        pipelines.MapGet("/next-times", Next).WithName("NextTimes").WithSummary("The next times of a cron expression.");
        var runs = app.MapGroup("/api/runs").WithTags("Runs");
        runs.MapPost("", StartAsync).WithName("StartRun").WithSummary("Start a run.");
        runs.MapGet("", RunsAsync).WithName("ListRuns").WithSummary("Runs, newest first.");
        runs.MapGet("/{id}", ShowAsync).WithName("ShowRun").WithSummary("One run with its steps.");
        runs.MapGet("/{id}/events", FollowAsync).WithName("WatchRun").WithSummary("Follow a run: one JSON line per event until it is over.");
        runs.MapGet("/{id}/logs/{step}", LogAsync).WithName("ReadLog").WithSummary("What a step printed.");
        runs.MapPost("/{id}/cancel", CancelAsync).WithName("CancelRun").WithSummary("Cancel a run.");
    }

    private static async Task<IResult> ListAsync(PlanPipeline plan, CancellationToken ct)
    {
        var all = new List<PipelineDto>();
        foreach (var file in plan.Files())
        {
            var planned = await plan.RunAsync(file, ct);
            all.Add(planned.IsOk ? PipelineShape.From(planned.Value) : PipelineShape.Broken(file, planned.Problem));
        }

        return TypedResults.Json(new PipelineListDto(all), PipelineJson.Default.PipelineListDto);
    }

    private static async Task<IResult> PlanAsync(PlanPipeline plan, string file, CancellationToken ct) =>
        (await plan.RunAsync(file, ct)).ToHttp(PipelineShape.From, PipelineJson.Default.PipelineDto);

    private static IResult Next(NextTimes next, string expression, string timeZone = "UTC", int count = 5) =>
        next.Run(expression, timeZone, count).ToHttp(times => new NextTimesDto(times), PipelineJson.Default.NextTimesDto);

    private static async Task<IResult> StartAsync(HttpContext context, StartRun start, ShowRun show, CancellationToken ct)
    {
        if (!(await context.ReadBodyAsync(PipelineJson.Default.StartRunDto, ct)).TryGet(out var body, out var problem))
        {
            return problem.ToHttp();
        }

        var parameters = new JsonObject((body.Parameters ?? new Dictionary<string, string>()).Select(given => KeyValuePair.Create(given.Key, (JsonNode?)given.Value)));
        var request = new StartRequest(body.File, context.GetActor()) { Parameters = parameters, Steps = body.Steps ?? [], Force = body.Force };

        // A run outlives the request that started it.
        return (await start.RunAsync(request, CancellationToken.None)).TryGet(out var run, out problem)
            ? (await show.RunAsync(run.Id, ct)).ToHttp(RunShape.From, PipelineJson.Default.RunDto)
            : problem.ToHttp();
    }

    private static async Task<IResult> RunsAsync(ListRuns list, CancellationToken ct, string? pipeline = null, string? state = null, string? before = null, int limit = 50)
    {
        RunState? only = null;
        if (state is not null)
        {
            if (!Enum.TryParse<RunState>(state, ignoreCase: true, out var parsed))
            {
                return new Problem("run.state", $"'{state}' is not a state of a run.", $"Use one of {string.Join(", ", Enum.GetNames<RunState>()).ToLowerInvariant()}.").ToHttp();
            }

            only = parsed;
        }

        limit = Math.Clamp(limit, 1, 1000);
        var runs = await list.RunAsync(new RunQuery { Pipeline = pipeline, State = only, Before = before, Limit = limit + 1 }, ct);
        var page = runs.Take(limit).Select(run => RunShape.From(run, [])).ToList();
        return TypedResults.Json(new RunPageDto(page, runs.Count > limit ? page[^1].Id : null), PipelineJson.Default.RunPageDto);
    }

    private static async Task<IResult> ShowAsync(ShowRun show, string id, CancellationToken ct) =>
        (await show.RunAsync(id, ct)).ToHttp(RunShape.From, PipelineJson.Default.RunDto);

    private static async Task FollowAsync(HttpContext context, ShowRun show, WatchRun watch, string id, CancellationToken ct, long after = 0)
    {
        if (!(await show.RunAsync(id, ct)).TryGet(out var shown, out var problem))
        {
            await problem.ToHttp().ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        await foreach (var happened in watch.RunAsync(shown.Run.Id, after, ct))
        {
            await System.Text.Json.JsonSerializer.SerializeAsync(context.Response.BodyWriter.AsStream(leaveOpen: true), RunShape.From(happened), PipelineJson.Default.RunEventDto, ct);
            context.Response.BodyWriter.Write("\n"u8);
            await context.Response.BodyWriter.FlushAsync(ct);
        }
    }

    private static async Task<IResult> LogAsync(ReadLogs logs, ShowRun show, string id, string step, CancellationToken ct)
    {
        if (!(await logs.RunAsync(id, step, follow: false, ct)).TryGet(out var lines, out var problem))
        {
            return problem.ToHttp();
        }

        var last = new Queue<string>();
        await foreach (var line in lines.WithCancellation(ct))
        {
            last.Enqueue(line.Text);
            if (last.Count > MostLogLines)
            {
                last.Dequeue();
            }
        }

        return (await show.RunAsync(id, ct)).ToHttp(
            shown => new StepLogDto(shown.Steps.First(candidate => candidate.Step == step).MadeBy, step, string.Concat(last.Select(line => line + "\n"))),
            PipelineJson.Default.StepLogDto);
    }

    private static async Task<IResult> CancelAsync(CancelRun cancel, ShowRun show, string id, CancellationToken ct) =>
        (await cancel.RunAsync(id, ct)).TryGet(out var run, out var problem)
            ? (await show.RunAsync(run.Id, ct)).ToHttp(RunShape.From, PipelineJson.Default.RunDto)
            : problem.ToHttp();

    private static void Write(this System.IO.Pipelines.PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
