using Millwright.Contracts.Pipelines;

namespace Millwright.Client.Pipelines;

/// <summary>Calls of pipelines and their runs.</summary>
public readonly struct PipelinesClient(MillwrightClient client)
{
    /// <summary>The project's pipelines.</summary>
    public Task<PipelineListDto> ListAsync(CancellationToken ct) => client.GetAsync("api/pipelines", PipelineJson.Default.PipelineListDto, ct);

    /// <summary>One pipeline's plan, checked.</summary>
    public Task<PipelineDto> PlanAsync(string file, CancellationToken ct) =>
        client.GetAsync($"api/pipelines/plan?file={Uri.EscapeDataString(file)}", PipelineJson.Default.PipelineDto, ct);

    /// <summary>The next times of a cron expression.</summary>
    public Task<NextTimesDto> NextTimesAsync(string expression, string timeZone, int count, CancellationToken ct) =>
        client.GetAsync($"api/pipelines/next-times?expression={Uri.EscapeDataString(expression)}&timeZone={Uri.EscapeDataString(timeZone)}&count={count}", PipelineJson.Default.NextTimesDto, ct);

    /// <summary>Starts a run and returns at once.</summary>
    public Task<RunDto> StartAsync(StartRunDto start, CancellationToken ct) =>
        client.PostAsync("api/runs", start, PipelineJson.Default.StartRunDto, PipelineJson.Default.RunDto, ct);

    /// <summary>Runs, newest first.</summary>
    public Task<RunPageDto> RunsAsync(string query, CancellationToken ct) => client.GetAsync($"api/runs?{query}", PipelineJson.Default.RunPageDto, ct);

    /// <summary>One run with its steps; an unambiguous beginning of the id will do.</summary>
    public Task<RunDto> RunAsync(string id, CancellationToken ct) => client.GetAsync($"api/runs/{Uri.EscapeDataString(id)}", PipelineJson.Default.RunDto, ct);

    /// <summary>Everything that happens in a run, from its beginning to its end.</summary>
    public IAsyncEnumerable<RunEventDto> FollowAsync(string id, CancellationToken ct) =>
        client.FollowAsync($"api/runs/{Uri.EscapeDataString(id)}/events", PipelineJson.Default.RunEventDto, ct);

    /// <summary>Cancels a run; it is over when this returns.</summary>
    public Task<RunDto> CancelAsync(string id, CancellationToken ct) =>
        client.PostAsync($"api/runs/{Uri.EscapeDataString(id)}/cancel", PipelineJson.Default.RunDto, ct);

    /// <summary>A step's log.</summary>
    public Task<StepLogDto> LogAsync(string id, string step, CancellationToken ct) =>
        client.GetAsync($"api/runs/{Uri.EscapeDataString(id)}/logs/{Uri.EscapeDataString(step)}", PipelineJson.Default.StepLogDto, ct);
}

/// <summary>Makes the calls reachable as <c>client.Pipelines</c>.</summary>
public static class PipelinesCalls
{
    extension(MillwrightClient client)
    {
        /// <summary>Pipelines and runs.</summary>
        public PipelinesClient Pipelines => new(client);
    }
}
