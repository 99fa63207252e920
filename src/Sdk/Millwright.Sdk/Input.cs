using System.Text.Json.Nodes;

namespace Millwright.Sdk;

/// <summary>Something that a step can read: an artifact or a parameter. The type travels with the handle, so a wrong wiring does not compile.</summary>
/// <typeparam name="T">What the step's code receives.</typeparam>
public abstract class Input<T>
{
    private protected Input()
    {
    }

    /// <summary>Where the input comes from, as the plan writes it; null for a parameter.</summary>
    internal abstract JsonObject? Source { get; }

    /// <summary>The reference to a parameter, as the plan writes it; null for an artifact.</summary>
    internal abstract string? Reference { get; }

    /// <summary>What the step's code receives.</summary>
    internal abstract T Open(StepContextFile context, string name);
}

/// <summary>A file or folder: of the project, a tracked data set, or made by a step.</summary>
/// <typeparam name="T">How the code reads or writes it.</typeparam>
public sealed class Artifact<T> : Input<T>
    where T : IArtifact<T>
{
    internal Artifact(JsonObject source) => Source = source;

    /// <summary>The step that makes it, for <see cref="StepOptions.After"/>; null for what the project has already.</summary>
    public StepHandle? Maker => (string?)Source["step"] is { } step ? new StepHandle(step) : null;

    internal override JsonObject Source { get; }

    internal override string? Reference => null;

    internal override T Open(StepContextFile context, string name) => T.At(context.Inputs[name]);
}

/// <summary>A parameter of the pipeline, which a run may set.</summary>
/// <typeparam name="T">Number, text, switch or list.</typeparam>
public sealed class Parameter<T> : Input<T>
{
    internal Parameter(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }

    internal override JsonObject? Source => null;

    internal override string Reference => $"${{params.{Name}}}";

    internal override T Open(StepContextFile context, string name) => SdkJson.Read<T>(context.Parameters[name]);
}

/// <summary>A parameter's value for an action: a constant, or a parameter of the pipeline.</summary>
/// <typeparam name="T">Its type.</typeparam>
public readonly struct Value<T>
{
    private Value(JsonNode? json) => Json = json;

    internal JsonNode? Json { get; }

    /// <summary>A constant.</summary>
    public static implicit operator Value<T>(T constant) => new(SdkJson.Write(constant));

    /// <summary>The pipeline's parameter.</summary>
    public static implicit operator Value<T>(Parameter<T> parameter) => new(JsonValue.Create(parameter.Reference));
}
