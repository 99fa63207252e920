using System.Collections.Immutable;
using Millwright.Tracking.Experiments;

namespace Millwright.Tracking.Runs;

/// <summary>Identifier of a run: 32 lower-case hexadecimal digits.</summary>
/// <param name="Value">The digits; not checked, an unknown one is simply not found.</param>
public readonly record struct RunId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>How far a run is.</summary>
public enum RunStatus
{
    /// <summary>Under way.</summary>
    Running = 1,

    /// <summary>Not begun.</summary>
    Scheduled = 2,

    /// <summary>Ended well.</summary>
    Finished = 3,

    /// <summary>Ended badly.</summary>
    Failed = 4,

    /// <summary>Stopped by somebody.</summary>
    Killed = 5,
}

/// <summary>The facts of a run that do not grow.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Experiment">The experiment it belongs to.</param>
/// <param name="Name">For people; mirrored in the tag <c>mlflow.runName</c>.</param>
/// <param name="User">Who runs it, as the client said; may be empty.</param>
/// <param name="Status">How far it is.</param>
/// <param name="StartTime">Milliseconds since 1970 as the client said; 0 when it did not.</param>
/// <param name="EndTime">Milliseconds since 1970, or null.</param>
/// <param name="ArtifactUri">Where its artifacts lie.</param>
/// <param name="Lifecycle">Active or deleted.</param>
public sealed record RunInfo(
    RunId Id, ExperimentId Experiment, string Name, string User, RunStatus Status, long StartTime, long? EndTime, string ArtifactUri, Lifecycle Lifecycle)
{
    /// <summary>Whether it has ended.</summary>
    public bool IsOver => Status is RunStatus.Finished or RunStatus.Failed or RunStatus.Killed;
}

/// <summary>A run with everything that was logged.</summary>
/// <param name="Info">Its facts.</param>
/// <param name="Metrics">Latest value of each metric, in the order in which the metrics appeared.</param>
/// <param name="Parameters">Key → value; written once.</param>
/// <param name="Tags">Key → value.</param>
public sealed record Run(
    RunInfo Info,
    ImmutableArray<MetricPoint> Metrics,
    ImmutableSortedDictionary<string, string> Parameters,
    ImmutableSortedDictionary<string, string> Tags)
{
    /// <summary>The tag that a pipeline's run carries: the pipeline as it was.</summary>
    public const string PipelineTag = "millwright.pipeline";

    /// <summary>Who logs it.</summary>
    public RunKind Kind => Tags.ContainsKey(PipelineTag) ? RunKind.Pipeline : RunKind.Client;

    /// <summary>Data sets that it read, in the order of logging.</summary>
    public ImmutableArray<DatasetInput> Datasets { get; init; } = [];

    /// <summary>Logged models that it made.</summary>
    public ImmutableArray<ModelOutput> Models { get; init; } = [];
}

/// <summary>One value of a metric.</summary>
/// <param name="Key">Name of the metric.</param>
/// <param name="Value">Finite, or NaN. Infinities are kept as the greatest finite values of their sign.</param>
/// <param name="Timestamp">Milliseconds since 1970, not negative.</param>
/// <param name="Step">Iteration; may be negative.</param>
public sealed record MetricPoint(string Key, double Value, long Timestamp, long Step)
{
    /// <summary>The value as it is stored and compared: NaN counts as 0, infinities are bounded, and there is no negative zero.</summary>
    public double Stored => double.IsNaN(Value) || Value == 0 ? 0 : Math.Clamp(Value, double.MinValue, double.MaxValue);
}

/// <summary>A data set that a run read.</summary>
/// <param name="Name">At most 500 characters.</param>
/// <param name="Digest">At most 36 characters; with the name it identifies the data set within an experiment.</param>
/// <param name="SourceType">Such as <c>s3</c>.</param>
/// <param name="Source">Where it is, at most 65535 characters.</param>
/// <param name="Schema">Its columns, or null.</param>
/// <param name="Profile">Its statistics, or null.</param>
/// <param name="Tags">Such as <c>mlflow.data.context</c> = <c>training</c>.</param>
public sealed record DatasetInput(
    string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile, ImmutableSortedDictionary<string, string> Tags)
{
    /// <summary>The tag that says what a run used the data set for.</summary>
    public const string ContextTag = "mlflow.data.context";
}

/// <summary>A logged model that a run made.</summary>
/// <param name="ModelId">Identifier of the logged model.</param>
/// <param name="Step">Iteration.</param>
public sealed record ModelOutput(string ModelId, long Step);
