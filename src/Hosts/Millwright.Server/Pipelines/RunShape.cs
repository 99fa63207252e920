using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Contracts.Pipelines;
using Millwright.Pipelines;
using Millwright.Pipelines.Plan;
using Millwright.Pipelines.Show;
using Millwright.Server.Problems;

namespace Millwright.Server.Pipelines;

/// <summary>Runs as they go over the wire.</summary>
internal static class RunShape
{
    public static RunDto From(ShownRun shown) => From(shown.Run, [.. shown.Steps.Select(step => From(step, shown.Plan.Find(step.Step)))]);

    public static RunDto From(RunRecord run, IReadOnlyList<RunStepDto> steps) => new(
        run.Id, run.Pipeline, run.Plan.ToString(), run.File, Name(run.State), run.Actor.Name, run.Trigger, run.StartedAt, run.FinishedAt,
        PipelineShape.Element(run.Parameters), run.Commit, [.. run.Data.Select(data => data.ToString())], run.Problem?.ToDto(), steps);

    public static RunEventDto From(RunEvent happened) => new(
        happened.Seq, happened.At, Camel(happened.Kind.ToString()), happened.Step, happened.Text,
        happened.StepState is { } step ? Name(step) : happened.RunState is { } run ? Name(run) : null,
        happened.Value is { } value && double.IsFinite(value) ? value : null, happened.Iteration, happened.Duration?.TotalSeconds);

    private static RunStepDto From(StepRecord step, PlanStep? plan) => new(
        step.Step, Name(step.State), PipelineShape.Work(plan?.Work), [.. plan?.Upstream() ?? []], step.Attempts, step.StartedAt, step.FinishedAt, step.Why,
        step.Outputs.ToImmutableDictionary(output => output.Key, output => output.Value.ToString()), step.MadeBy, step.Problem?.ToDto());

    private static string Name<TEnum>(TEnum state)
        where TEnum : struct, Enum => state.ToString().ToLowerInvariant();

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>Plans as they go over the wire.</summary>
internal static class PipelineShape
{
    public static PipelineDto From(PlannedPipeline planned) => new(
        planned.Plan.Name, planned.File, planned.Plan.Digest().ToString(), planned.Plan.Description,
        Element(new JsonObject(planned.Plan.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Default?.DeepClone())))),
        [.. planned.Plan.Triggers.Select(Describe)],
        [.. planned.Plan.Steps.Select(step => new PipelineStepDto(step.Name, Work(step.Work), [.. step.Upstream()]))],
        null);

    public static PipelineDto Broken(string file, Abstractions.Results.Problem problem) => new(
        Path.GetFileNameWithoutExtension(file), file, "", null, Element([]), [], [], problem.ToDto());

    public static string Work(StepWork? work) => work switch
    {
        ActionWork action => action.Action,
        ProgramWork program => string.Join(' ', program.Argv),
        ShellWork shell => shell.Script,
        CodeWork code => $"C# {code.Entry}",
        _ => "",
    };

    public static JsonElement Element(JsonObject node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static string Describe(PlanTrigger trigger) => trigger switch
    {
        CronTrigger cron => $"cron {cron.Expression} ({cron.TimeZone})",
        EventTrigger happened => happened.Subject is null ? $"event {happened.Kind}" : $"event {happened.Kind} of {happened.Subject}",
        _ => trigger.ToString(),
    };
}
