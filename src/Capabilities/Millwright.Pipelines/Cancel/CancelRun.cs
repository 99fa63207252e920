using Millwright.Abstractions.Results;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Show;

namespace Millwright.Pipelines.Cancel;

/// <summary>Stops a run; its child processes end with their whole groups.</summary>
public sealed class CancelRun
{
    private readonly RunSupervisor _supervisor;
    private readonly ShowRun _show;

    internal CancelRun(RunSupervisor supervisor, ShowRun show) => (_supervisor, _show) = (supervisor, show);

    /// <summary>Returns when the run is over; a run that is over already is a conflict.</summary>
    public async Task<Result<RunRecord>> RunAsync(string runId, CancellationToken ct)
    {
        if (!(await _show.RunAsync(runId, ct)).TryGet(out var shown, out var unknown))
        {
            return unknown;
        }

        if (_supervisor.Find(shown.Run.Id) is not { } live)
        {
            return new Problem("run.over", $"Run {shown.Run.Id} is over: {shown.Run.State.ToString().ToLowerInvariant()}.", "There is nothing to cancel.", ProblemKind.Conflict);
        }

        live.Stop(RunState.Cancelled);
        return await live.Finished.WaitAsync(ct);
    }
}
