using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Contracts.Problems;

namespace Millwright.Contracts.Pipelines;

/// <summary>Asks for a run.</summary>
/// <param name="File">The pipeline's file (<c>.yaml</c>, <c>.yml</c>, <c>.json</c> or <c>.cs</c>), relative to the project.</param>
/// <param name="Parameters">Values as text; the plan says their types. What is left out has its default.</param>
/// <param name="Steps">Only these steps and what they depend on; empty = all.</param>
/// <param name="Force">Run every step even when an earlier result would stand in.</param>
public sealed record StartRunDto(string File, IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<string> Steps, bool Force = false);

/// <summary>A run of a pipeline.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Pipeline">Pipeline name.</param>
/// <param name="Plan">Digest of the plan it is pinned to.</param>
/// <param name="File">The pipeline's file.</param>
/// <param name="State"><c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>cancelled</c> or <c>interrupted</c>.</param>
/// <param name="Actor">Who started it.</param>
/// <param name="Trigger"><c>manual</c>, <c>cron:…</c> or <c>event:…</c>.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null while it runs.</param>
/// <param name="Parameters">As resolved.</param>
/// <param name="Commit">Git commit, or null outside Git.</param>
/// <param name="Data">Data versions it reads.</param>
/// <param name="Problem">Why it failed, or null.</param>
/// <param name="Steps">In the order of the plan; empty in lists.</param>
public sealed record RunDto(
    string Id, string Pipeline, string Plan, string File, string State, string Actor, string Trigger, DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt, JsonElement Parameters, string? Commit, IReadOnlyList<string> Data, ProblemDto? Problem, IReadOnlyList<RunStepDto> Steps);

/// <summary>A step of a run.</summary>
/// <param name="Name">Step name.</param>
/// <param name="State"><c>pending</c>, <c>running</c>, <c>succeeded</c>, <c>cached</c>, <c>failed</c>, <c>skipped</c>, <c>cancelled</c> or <c>interrupted</c>.</param>
/// <param name="Work">What it does: the action's name, or the command.</param>
/// <param name="Needs">Steps it waits for.</param>
/// <param name="Attempts">Attempts begun.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="FinishedAt">UTC.</param>
/// <param name="Why">Why it ran, was a hit or was skipped.</param>
/// <param name="Outputs">Output name → digest.</param>
/// <param name="MadeBy">The run that really ran it.</param>
/// <param name="Problem">Why it failed, or null.</param>
public sealed record RunStepDto(
    string Name, string State, string Work, IReadOnlyList<string> Needs, int Attempts, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    string Why, IReadOnlyDictionary<string, string> Outputs, string MadeBy, ProblemDto? Problem);

/// <summary>A page of runs, newest first.</summary>
/// <param name="Runs">Without their steps.</param>
/// <param name="Next">Pass as <c>before</c> for the next page, or null at the end.</param>
public sealed record RunPageDto(IReadOnlyList<RunDto> Runs, string? Next);

/// <summary>One event of a run, as it happens.</summary>
/// <param name="Seq">Position within the run.</param>
/// <param name="At">UTC.</param>
/// <param name="Kind"><c>runStarted</c>, <c>stepStarted</c>, <c>stepLine</c>, <c>stepMetric</c>, <c>stepRetrying</c>, <c>stepFinished</c>, <c>runFinished</c>.</param>
/// <param name="Step">The step.</param>
/// <param name="Text">The line, the metric's name, or the reason.</param>
/// <param name="State">The step's or run's state after it.</param>
/// <param name="Value">The metric's value, when it is finite.</param>
/// <param name="Iteration">The metric's iteration.</param>
/// <param name="Seconds">How long the step or run took.</param>
public sealed record RunEventDto(
    long Seq, DateTimeOffset At, string Kind, string? Step, string? Text, string? State, double? Value, long? Iteration, double? Seconds);

/// <summary>A pipeline as its file says now.</summary>
/// <param name="Name">Pipeline name.</param>
/// <param name="File">Relative to the project.</param>
/// <param name="Digest">Digest of its plan.</param>
/// <param name="Description">For people, or null.</param>
/// <param name="Parameters">Name → default.</param>
/// <param name="Triggers">What starts it, one line each.</param>
/// <param name="Steps">In the order of the plan.</param>
/// <param name="Problem">Why the file is not a pipeline, or null.</param>
public sealed record PipelineDto(
    string Name, string File, string Digest, string? Description, JsonElement Parameters, IReadOnlyList<string> Triggers, IReadOnlyList<PipelineStepDto> Steps, ProblemDto? Problem);

/// <summary>A step of a plan.</summary>
/// <param name="Name">Step name.</param>
/// <param name="Work">The action's name, or the command.</param>
/// <param name="Needs">Steps it waits for.</param>
public sealed record PipelineStepDto(string Name, string Work, IReadOnlyList<string> Needs);

/// <summary>The project's pipelines.</summary>
/// <param name="Pipelines">By name.</param>
public sealed record PipelineListDto(IReadOnlyList<PipelineDto> Pipelines);

/// <summary>The times of a cron expression.</summary>
/// <param name="Times">In order.</param>
public sealed record NextTimesDto(IReadOnlyList<DateTimeOffset> Times);

/// <summary>A step's log.</summary>
/// <param name="Run">The run that really ran the step.</param>
/// <param name="Step">Step name.</param>
/// <param name="Text">What it printed; the last part when it is long.</param>
public sealed record StepLogDto(string Run, string Step, string Text);

/// <summary>Serialisation of the pipelines' records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StartRunDto))]
[JsonSerializable(typeof(RunDto))]
[JsonSerializable(typeof(RunPageDto))]
[JsonSerializable(typeof(RunEventDto))]
[JsonSerializable(typeof(PipelineListDto))]
[JsonSerializable(typeof(PipelineDto))]
[JsonSerializable(typeof(NextTimesDto))]
[JsonSerializable(typeof(StepLogDto))]
public sealed partial class PipelineJson : JsonSerializerContext;
