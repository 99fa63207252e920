using System.Text.Json.Nodes;

namespace Millwright.Pipelines.Plan;

/// <summary>
/// The plan as JSON, in the spelling of pipeline YAML with every shorthand written out; what has its default value is left out. YAML
/// contains JSON, so one reader reads both.
/// </summary>
internal static class PlanJson
{
    public static JsonObject Write(PipelinePlan plan)
    {
        var json = new JsonObject { ["name"] = plan.Name };
        if (plan.Description is { } description)
        {
            json["description"] = description;
        }

        if (!plan.Parameters.IsEmpty)
        {
            json["params"] = new JsonObject(plan.Parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Name, Write(parameter))));
        }

        if (!plan.Triggers.IsEmpty)
        {
            json["on"] = new JsonArray([.. plan.Triggers.Select(Write)]);
        }

        json["steps"] = new JsonArray([.. plan.Steps.Select(Write)]);
        return json;
    }

    private static JsonObject Write(PlanParameter parameter)
    {
        var json = new JsonObject();
        if (parameter.Default is { } value)
        {
            json["default"] = value.DeepClone();
        }

        if (parameter.Help is { } help)
        {
            json["help"] = help;
        }

        return json;
    }

    private static JsonNode Write(PlanTrigger trigger) => trigger switch
    {
        CronTrigger cron => new JsonObject { ["cron"] = cron.Expression, ["timezone"] = cron.TimeZone },
        EventTrigger { Subject: { } subject } on => new JsonObject { ["event"] = on.Kind, ["subject"] = subject },
        EventTrigger on => new JsonObject { ["event"] = on.Kind },
        _ => throw new InvalidOperationException($"Unknown trigger {trigger}."),
    };

    private static JsonObject Write(PlanStep step)
    {
        var json = new JsonObject { ["name"] = step.Name };
        Write(json, step.Work);
        AddMap(json, "inputs", step.Inputs.Select(input => (input.Key, (JsonNode?)Write(input.Value))));
        AddMap(json, "outputs", step.Outputs.Select(output => (output.Key, (JsonNode?)JsonValue.Create(output.Value))));
        AddMap(json, "with", step.Parameters.Select(parameter => (parameter.Key, parameter.Value?.DeepClone())));
        if (!step.Needs.IsEmpty)
        {
            json["needs"] = new JsonArray([.. step.Needs.Select(need => JsonValue.Create(need))]);
        }

        if (step.Retry.Max > 0)
        {
            json["retry"] = new JsonObject { ["max"] = step.Retry.Max, ["backoff"] = Duration.Write(step.Retry.Backoff) };
        }

        if (step.Timeout is { } timeout)
        {
            json["timeout"] = Duration.Write(timeout);
        }

        if (!step.Cache)
        {
            json["cache"] = false;
        }

        return json;
    }

    private static void Write(JsonObject json, StepWork work)
    {
        switch (work)
        {
            case ActionWork action:
                json["uses"] = action.Action;
                break;
            case ProgramWork program:
                json["run"] = new JsonArray([.. program.Argv.Select(argument => JsonValue.Create(argument))]);
                break;
            case ShellWork shell:
                json["run"] = shell.Script;
                break;
            case CodeWork code:
                json["code"] = new JsonObject { ["entry"] = code.Entry, ["build"] = code.Build };
                break;
        }
    }

    private static JsonObject Write(InputSource source) => source switch
    {
        FileSource file => new JsonObject { ["file"] = file.Path },
        DataSource data => new JsonObject { ["data"] = data.Path },
        OutputSource output => new JsonObject { ["step"] = output.Step, ["output"] = output.Output },
        ParameterSource parameter => new JsonObject { ["param"] = parameter.Name },
        _ => throw new InvalidOperationException($"Unknown input {source}."),
    };

    private static void AddMap(JsonObject json, string key, IEnumerable<(string Key, JsonNode? Value)> entries)
    {
        var map = new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        if (map.Count > 0)
        {
            json[key] = map;
        }
    }
}
