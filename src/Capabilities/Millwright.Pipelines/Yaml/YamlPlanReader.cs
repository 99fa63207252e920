using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Plan;
using Millwright.Yaml;
using YamlDotNet.RepresentationModel;

namespace Millwright.Pipelines.Yaml;

/// <summary>
/// Reads pipeline YAML (and the JSON form of a plan, which is YAML too). Keys: <c>name, description, params, on, steps</c>; of a step:
/// <c>name, uses | run, with, inputs, outputs, needs, retry {max, backoff}, timeout, cache</c>.
/// </summary>
internal static class YamlPlanReader
{
    private static readonly string[] PipelineKeys = ["name", "description", "params", "on", "steps"];

    /// <summary>What a file says, with the errors found while reading; the plan is checked as a whole afterwards.</summary>
    public static (PipelinePlan Plan, SourceMap Source, IReadOnlyList<ProblemDetail> Errors) Read(string text, string file, string nameUnlessGiven)
    {
        var reading = new YamlReading(file);
        var plan = new PipelinePlan(nameUnlessGiven);
        var root = YamlText.Read(text, out var fault);
        if (root is not null)
        {
            plan = ReadPipeline(reading, root, plan);
        }
        else
        {
            reading.Errors.Add(fault is null ? new ProblemDetail("the file is empty", file, 1, "steps") : new ProblemDetail($"not readable as YAML: {fault.Message}", file, fault.Line));
        }

        return (plan, new SourceMap(file, reading.Lines), reading.Errors);
    }

    private static PipelinePlan ReadPipeline(YamlReading reading, YamlNode root, PipelinePlan plan)
    {
        foreach (var key in PipelineKeys)
        {
            // What is missing is missing from here.
            reading.Note(key, root);
        }

        foreach (var (key, _, value) in reading.Map("", root, PipelineKeys))
        {
            plan = key switch
            {
                "name" => plan with { Name = reading.Text(key, value) ?? plan.Name },
                "description" => plan with { Description = reading.Text(key, value) },
                "params" => plan with { Parameters = [.. reading.Map(key, value).Select(entry => ReadParameter(reading, entry.Key, entry.Value))] },
                "on" => plan with { Triggers = ReadTriggers(reading, reading.List(key, value)) },
                _ => plan with { Steps = ReadSteps(reading, value) },
            };
        }

        return plan;
    }

    private static PlanParameter ReadParameter(YamlReading reading, string name, YamlNode node)
    {
        if (node is not YamlMappingNode)
        {
            return new PlanParameter(name, reading.Value($"params.{name}", node));
        }

        var parameter = new PlanParameter(name, null);
        foreach (var (key, _, value) in reading.Map($"params.{name}", node, ["default", "help"]))
        {
            parameter = key is "default" ? parameter with { Default = reading.Value($"params.{name}.default", value) } : parameter with { Help = reading.Text($"params.{name}.help", value) };
        }

        return parameter;
    }

    private static ImmutableArray<PlanTrigger> ReadTriggers(YamlReading reading, IReadOnlyList<YamlNode> nodes)
    {
        var triggers = ImmutableArray.CreateBuilder<PlanTrigger>();
        foreach (var node in nodes)
        {
            if (ReadTrigger(reading, node) is { } trigger)
            {
                reading.Note($"on.{triggers.Count}", node);
                triggers.Add(trigger);
            }
        }

        return triggers.ToImmutable();
    }

    private static PlanTrigger? ReadTrigger(YamlReading reading, YamlNode node)
    {
        var entries = reading.Map("on", node, ["cron", "timezone", "event", "subject"]).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        string? Text(string key) => entries.TryGetValue(key, out var value) ? reading.Text($"on.{key}", value) : null;
        switch (Text("cron"), Text("event"))
        {
            case ({ } cron, null) when !entries.ContainsKey("subject"):
                return new CronTrigger(cron, Text("timezone") ?? "UTC");
            case (null, { } kind) when !entries.ContainsKey("timezone"):
                return new EventTrigger(kind, Text("subject"));
            default:
                reading.Error("on", node, "a trigger is either {cron, timezone} or {event, subject}");
                return null;
        }
    }

    private static ImmutableArray<PlanStep> ReadSteps(YamlReading reading, YamlNode node)
    {
        var nodes = reading.List("steps", node);
        var names = nodes.Select(NameOf).ToImmutableArray();
        return [.. nodes.Select((step, at) => StepReader.Read(reading, step, names[at] ?? $"{at + 1}", names))];
    }

    private static string? NameOf(YamlNode step) =>
        step is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode("name"), out var name) ? (name as YamlScalarNode)?.Value : null;
}
