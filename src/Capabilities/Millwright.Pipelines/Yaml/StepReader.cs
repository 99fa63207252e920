using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Pipelines.Plan;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Millwright.Pipelines.Yaml;

/// <summary>Reads one step.</summary>
internal static class StepReader
{
    private static readonly string[] Keys = ["name", "uses", "run", "code", "with", "inputs", "outputs", "needs", "retry", "timeout", "cache", "line"];

    public static PlanStep Read(YamlReading reading, YamlNode node, string name, ImmutableArray<string?> steps)
    {
        var key = $"steps.{name}";
        reading.Note(key, node);
        var step = new PlanStep(name, new ShellWork(""));
        var works = 0;
        foreach (var (entry, _, value) in reading.Map(key, node, Keys))
        {
            var at = $"{key}.{entry}";
            works += entry is "uses" or "run" or "code" ? 1 : 0;
            step = entry switch
            {
                "uses" => step with { Work = new ActionWork(reading.Text(at, value) ?? "") },
                "run" => step with { Work = ReadCommand(reading, at, value) },
                "code" => step with { Work = ReadCode(reading, at, value) },
                "with" => step with { Parameters = step.Parameters.SetItems(reading.Map(at, value).Select(item => KeyValuePair.Create(item.Key, reading.Value($"{at}.{item.Key}", item.Value)))) },
                "inputs" => step with { Inputs = step.Inputs.SetItems(reading.Map(at, value).Select(item => KeyValuePair.Create(item.Key, ReadInput(reading, $"{at}.{item.Key}", item.Value, steps)))) },
                "outputs" => step with { Outputs = step.Outputs.SetItems(ReadOutputs(reading, at, value)) },
                "needs" => step with { Needs = ReadNeeds(reading, at, value) },
                "retry" => step with { Retry = ReadRetry(reading, at, value) },
                "timeout" => step with { Timeout = ReadDuration(reading, at, value) },
                "cache" => step with { Cache = ReadSwitch(reading, at, value) },
                _ => step,
            };
            if (entry is "line" && int.TryParse((value as YamlScalarNode)?.Value, CultureInfo.InvariantCulture, out var line))
            {
                reading.Note(key, line);
            }
        }

        if (works != 1)
        {
            reading.Error(key, node, works == 0 ? "the step does nothing: give it 'uses' (a named action) or 'run' (a command)" : "a step has either 'uses' or 'run'");
        }

        if (steps.Contains(null) && node is YamlMappingNode map && !map.Children.ContainsKey(new YamlScalarNode("name")))
        {
            reading.Error(key, node, "the step has no name");
        }

        return step;
    }

    private static StepWork ReadCommand(YamlReading reading, string key, YamlNode node) => node is YamlSequenceNode
        ? new ProgramWork([.. reading.List(key, node).Select(argument => reading.Text(key, argument) ?? "")])
        : new ShellWork(reading.Text(key, node) ?? "");

    private static CodeWork ReadCode(YamlReading reading, string key, YamlNode node)
    {
        var parts = reading.Map(key, node, ["entry", "build"]).ToDictionary(part => part.Key, part => (part.Value as YamlScalarNode)?.Value ?? "", StringComparer.Ordinal);
        return new CodeWork(parts.GetValueOrDefault("entry", ""), parts.GetValueOrDefault("build", ""));
    }

    private static InputSource ReadInput(YamlReading reading, string key, YamlNode node, ImmutableArray<string?> steps)
    {
        if (node is YamlMappingNode)
        {
            var parts = reading.Map(key, node, ["file", "data", "step", "output", "param"])
                .ToDictionary(part => part.Key, part => reading.Text(key, part.Value) ?? "", StringComparer.Ordinal);
            switch (parts.Keys.Order(StringComparer.Ordinal).ToArray())
            {
                case ["file"]:
                    return new FileSource(parts["file"]);
                case ["data"]:
                    return new DataSource(parts["data"]);
                case ["param"]:
                    return new ParameterSource(parts["param"]);
                case ["output", "step"]:
                    return new OutputSource(parts["step"], parts["output"]);
                default:
                    reading.Error(key, node, "an input is one of {file}, {data}, {param} or {step, output}");
                    return new FileSource("");
            }
        }

        return ReadShorthand(reading.Text(key, node) ?? "", steps);
    }

    // 'step.output' when the first part is a step; '${params.x}'; else a path of the project.
    private static InputSource ReadShorthand(string text, ImmutableArray<string?> steps)
    {
        if (Template.References(text).ToArray() is [{ Kind: "params" } reference] && reference.ToString() == text)
        {
            return new ParameterSource(reference.Name);
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && steps.Contains(text[..dot]) ? new OutputSource(text[..dot], text[(dot + 1)..]) : new FileSource(text);
    }

    private static IEnumerable<KeyValuePair<string, string>> ReadOutputs(YamlReading reading, string key, YamlNode node)
    {
        if (node is YamlSequenceNode)
        {
            return [.. reading.List(key, node).Select(item => reading.Text(key, item) ?? "").Select(name => KeyValuePair.Create(name, name))];
        }

        return [.. reading.Map(key, node).Select(item => KeyValuePair.Create(item.Key, YamlReading.IsNull(item.Value) ? item.Key : reading.Text($"{key}.{item.Key}", item.Value) ?? item.Key))];
    }

    private static ImmutableArray<string> ReadNeeds(YamlReading reading, string key, YamlNode node) => node is YamlScalarNode
        ? [reading.Text(key, node) ?? ""]
        : [.. reading.List(key, node).Select(item => reading.Text(key, item) ?? "")];

    private static RetryPolicy ReadRetry(YamlReading reading, string key, YamlNode node)
    {
        var policy = RetryPolicy.None;
        foreach (var (entry, _, value) in reading.Map(key, node, ["max", "backoff"]))
        {
            if (entry is "backoff")
            {
                policy = policy with { Backoff = ReadDuration(reading, $"{key}.backoff", value) ?? policy.Backoff };
            }
            else if (int.TryParse((value as YamlScalarNode)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var max) && max <= 100)
            {
                policy = policy with { Max = max };
            }
            else
            {
                reading.Error($"{key}.max", value, "expected a whole number from 0 to 100");
            }
        }

        return policy;
    }

    private static TimeSpan? ReadDuration(YamlReading reading, string key, YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text } && Duration.TryRead(text, out var duration) && duration > TimeSpan.Zero)
        {
            return duration;
        }

        reading.Error(key, node, "expected a duration such as 500ms, 30s, 10m or 2h");
        return null;
    }

    private static bool ReadSwitch(YamlReading reading, string key, YamlNode node)
    {
        if (node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } value)
        {
            return value.Value is "true";
        }

        reading.Error(key, node, "expected true or false");
        return true;
    }
}
