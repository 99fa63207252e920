namespace Millwright.Pipelines;

/// <summary>What happened.</summary>
public enum RunEventKind
{
    /// <summary>The run began.</summary>
    RunStarted,

    /// <summary>An attempt of a step began.</summary>
    StepStarted,

    /// <summary>A step printed a line. Not stored as an event: lines are in the step's log.</summary>
    StepLine,

    /// <summary>A step reported a metric. Not stored as an event: metrics are in the step's report.</summary>
    StepMetric,

    /// <summary>An attempt failed and another one follows after a pause.</summary>
    StepRetrying,

    /// <summary>A step is over.</summary>
    StepFinished,

    /// <summary>The run is over.</summary>
    RunFinished,
}

/// <summary>One event of a run, live or stored.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Seq">Position within the run, from 1, increasing; stored events have gaps where lines and metrics were.</param>
/// <param name="At">UTC.</param>
/// <param name="Kind">What happened.</param>
public sealed record RunEvent(string RunId, long Seq, DateTimeOffset At, RunEventKind Kind)
{
    /// <summary>The step, for events of one.</summary>
    public string? Step { get; init; }

    /// <summary>The printed line, the metric's name, the reason (why it ran, was a hit or failed).</summary>
    public string? Text { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The step's state after the event.</summary>
    public StepState? StepState { get; init; }

    /// <summary>The run's state after the event.</summary>
    public RunState? RunState { get; init; }

    /// <summary>The metric's value.</summary>
    public double? Value { get; init; }

    /// <summary>The metric's iteration.</summary>
    public long? Iteration { get; init; }

    /// <summary>How long the step or run took.</summary>
    public TimeSpan? Duration { get; init; }

    internal bool IsStored => Kind is not (RunEventKind.StepLine or RunEventKind.StepMetric);
}
