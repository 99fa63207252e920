using System.Text.Json.Nodes;

namespace Millwright.Sdk;

/// <summary>A step that is a named action or a command: inputs and parameters in, typed handles of its outputs out.</summary>
public sealed class StepBuilder
{
    private readonly JsonObject _json;

    internal StepBuilder(JsonObject json) => _json = json;

    /// <summary>Its handle, for <see cref="StepOptions.After"/>.</summary>
    public StepHandle Handle => new(Name);

    private string Name => (string)_json["name"]!;

    /// <summary>Gives it an input.</summary>
    public StepBuilder Input<T>(string name, Artifact<T> from)
        where T : IArtifact<T>
    {
        Map("inputs")[name] = from.Source.DeepClone();
        return this;
    }

    /// <summary>Gives it a constant parameter.</summary>
    public StepBuilder With<T>(string name, T constant) => With(name, (Value<T>)constant);

    /// <summary>Gives it a parameter of the pipeline.</summary>
    public StepBuilder With<T>(string name, Parameter<T> parameter) => With(name, (Value<T>)parameter);

    /// <summary>Gives it a parameter: a constant or a parameter of the pipeline.</summary>
    public StepBuilder With<T>(string name, Value<T> value)
    {
        Map("with")[name] = value.Json?.DeepClone();
        return this;
    }

    /// <summary>How it is run.</summary>
    public StepBuilder Options(StepOptions? options)
    {
        Apply(_json, options);
        return this;
    }

    /// <summary>The handle of an output that the action makes under its own file name.</summary>
    public Artifact<T> Output<T>(string name)
        where T : IArtifact<T> => new(new JsonObject { ["step"] = Name, ["output"] = name });

    /// <summary>Declares an output with a file name of its own and returns its handle.</summary>
    public Artifact<T> Output<T>(string name, string fileName)
        where T : IArtifact<T>
    {
        Map("outputs")[name] = fileName;
        return Output<T>(name);
    }

    internal static void Apply(JsonObject step, StepOptions? options)
    {
        if (options is null)
        {
            return;
        }

        if (options.Retries > 0)
        {
            step["retry"] = new JsonObject { ["max"] = options.Retries, ["backoff"] = Milliseconds(options.Backoff) };
        }

        if (options.Timeout is { } timeout)
        {
            step["timeout"] = Milliseconds(timeout);
        }

        if (!options.Cache)
        {
            step["cache"] = false;
        }

        if (options.After.Count > 0)
        {
            step["needs"] = new JsonArray([.. options.After.Select(after => JsonValue.Create(after.Name))]);
        }
    }

    private static string Milliseconds(TimeSpan span) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{span.TotalMilliseconds}ms");

    private JsonObject Map(string key)
    {
        if (_json[key] is not JsonObject map)
        {
            _json[key] = map = [];
        }

        return map;
    }
}
