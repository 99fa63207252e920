using System.Runtime.CompilerServices;
using System.Text;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Show;

namespace Millwright.Pipelines.Logs;

/// <summary>A line of a step's log.</summary>
/// <param name="Step">The step.</param>
/// <param name="Number">From 1.</param>
/// <param name="Text">Bytes that are not UTF-8 are shown as U+FFFD; the stored log keeps them.</param>
public sealed record LogLine(string Step, int Number, string Text);

/// <summary>Reads the logs of a run.</summary>
public sealed class ReadLogs
{
    private readonly ShowRun _show;
    private readonly RunSupervisor _supervisor;
    private readonly PipelinesOptions _options;

    internal ReadLogs(ShowRun show, RunSupervisor supervisor, PipelinesOptions options) => (_show, _supervisor, _options) = (show, supervisor, options);

    /// <summary>
    /// The lines of one step, or of all steps in the order of the plan; a cache hit shows the log of the run that made the result.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="step">A step, or null for all.</param>
    /// <param name="follow">Whether to wait for more until the step or run is over.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<IAsyncEnumerable<LogLine>>> RunAsync(string runId, string? step, bool follow, CancellationToken ct)
    {
        if (!(await _show.RunAsync(runId, ct)).TryGet(out var shown, out var unknown))
        {
            return unknown;
        }

        if (step is not null && shown.Steps.All(candidate => candidate.Step != step))
        {
            var names = shown.Steps.Select(candidate => candidate.Step).ToList();
            return new Problem("step.unknown", $"Run {shown.Run.Id} has no step '{step}'{Nearest.Hint(step, names)}", $"Its steps are: {string.Join(", ", names)}.", ProblemKind.NotFound);
        }

        return Result.Of(ReadAsync(shown, step, follow, ct));
    }

    private async IAsyncEnumerable<LogLine> ReadAsync(ShownRun shown, string? only, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var step in shown.Steps.Where(step => only is null || step.Step == only))
        {
            await foreach (var line in ReadStepAsync(step, follow, ct))
            {
                yield return line;
            }
        }
    }

    private async IAsyncEnumerable<LogLine> ReadStepAsync(StepRecord step, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        var live = follow ? _supervisor.Find(step.RunId) : null;
        StreamReader? reader = null;
        try
        {
            var number = 0;
            while (true)
            {
                // Taken before reading: what is written in between is noticed.
                var changed = live?.ChangedAsync();
                var now = live?.Steps.GetValueOrDefault(step.Step) ?? step;
                var isOver = live is null || live.Finished.IsCompleted || now.State is not (StepState.Pending or StepState.Running);
                reader ??= Open(now);
                // Lines are written whole; only the very last one may lack its end.
                while (reader is not null && await reader.ReadLineAsync(ct) is { } line)
                {
                    yield return new LogLine(step.Step, ++number, line);
                }

                if (isOver)
                {
                    yield break;
                }

                await changed!.WaitAsync(ct);
            }
        }
        finally
        {
            reader?.Dispose();
        }
    }

    private StreamReader? Open(StepRecord step)
    {
        var file = _options.LogFile(step.MadeBy, step.Step);
        return File.Exists(file)
            ? new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8)
            : null;
    }
}
