using System.Text.Json.Nodes;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;

namespace Millwright.Abstractions.Steps;

/// <summary>
/// Something that a pipeline step can do by name (<c>validate</c>, <c>xgboost.train</c>, <c>gate</c>, <c>register</c>).
/// Capabilities and providers contribute them; Pipelines finds them in its catalogue.
/// </summary>
public interface IStepAction
{
    /// <summary>The name used in pipelines.</summary>
    string Name { get; }

    /// <summary>What it needs and makes; plans are checked against it before anything runs.</summary>
    StepActionShape Shape { get; }

    /// <summary>Runs to the end. Every declared output must exist below <see cref="StepContext.Outputs"/> afterwards.</summary>
    Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct);
}

/// <summary>
/// An action that also reads state outside its inputs, such as which version is in production. What it read is part of the content key,
/// so that the step runs again when that state changed, and only then.
/// </summary>
public interface IReadsState
{
    /// <summary>A text that is equal exactly when the state it would read is.</summary>
    Task<string> StateAsync(JsonObject parameters, CancellationToken ct);
}

/// <summary>An action's contract.</summary>
/// <param name="Summary">One sentence.</param>
/// <param name="Version">Part of the content key; raised when the same inputs would give another output.</param>
/// <param name="Inputs">Names of its inputs; a name ending in <c>?</c> is optional; <c>*</c> = any further names.</param>
/// <param name="Outputs">Names of its outputs, each a file or a folder; <c>*</c> = any further names, chosen by the pipeline.</param>
/// <param name="Parameters">Its parameters; one named <c>*</c> = any further names.</param>
/// <param name="IsCacheable">False for actions whose effect is outside their outputs, such as <c>register</c>.</param>
public sealed record StepActionShape(
    string Summary,
    string Version,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<StepParameter> Parameters,
    bool IsCacheable = true)
{
    /// <summary>
    /// Output name → the file name it is created under, such as <c>train.csv</c>, for outputs whose format follows the extension. An
    /// output that is not listed is created under its own name; a pipeline may choose another file name.
    /// </summary>
    public IReadOnlyDictionary<string, string> FileNames { get; init; } = new Dictionary<string, string>();
}

/// <summary>A parameter of an action.</summary>
/// <param name="Name">As in the pipeline.</param>
/// <param name="Summary">Meaning, unit and range.</param>
/// <param name="Default">Null = required, unless <see cref="IsOptional"/>. Its JSON kind is the parameter's type.</param>
public sealed record StepParameter(string Name, string Summary, JsonNode? Default = null)
{
    /// <summary>Whether it may be absent although it has no default value.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether its text is the path of a project file, relative to the project, whose content is part of the content key.</summary>
    public bool IsFile { get; init; }
}

/// <summary>Everything a running step may see.</summary>
/// <param name="RunId">The run it belongs to.</param>
/// <param name="Step">Its name in the pipeline.</param>
/// <param name="ProjectFolder">Absolute path of the project's root.</param>
/// <param name="WorkFolder">An empty folder of its own, removed afterwards.</param>
/// <param name="Inputs">Input name → absolute path of a file or folder, read only.</param>
/// <param name="Outputs">Output name → absolute path to create.</param>
/// <param name="Parameters">Resolved parameters, defaults filled in.</param>
/// <param name="Journal">Where it reports.</param>
public sealed record StepContext(
    string RunId,
    string Step,
    string ProjectFolder,
    string WorkFolder,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyDictionary<string, string> Outputs,
    JsonObject Parameters,
    IStepJournal Journal)
{
    /// <summary>Who started the run.</summary>
    public Actor Actor { get; init; } = Actor.System;

    /// <summary>Input name → digest of its content.</summary>
    public IReadOnlyDictionary<string, ContentDigest> InputDigests { get; init; } = new Dictionary<string, ContentDigest>();

    /// <summary>The run's own parameters, defaults filled in: for the record, not for deciding, since they are no part of the content key.</summary>
    public JsonObject RunParameters { get; init; } = [];

    /// <summary>The pipeline it belongs to, for lineage.</summary>
    public PipelineReference Pipeline { get; init; } = new("", default, null, []);
}

/// <summary>What lineage needs to know of the pipeline.</summary>
/// <param name="Name">Pipeline name.</param>
/// <param name="Digest">Digest of its plan.</param>
/// <param name="Commit">Git commit of the project, or null outside Git.</param>
/// <param name="Data">Data versions the run reads.</param>
public sealed record PipelineReference(string Name, ContentDigest Digest, string? Commit, IReadOnlyList<ContentDigest> Data);

/// <summary>Where a step reports what happens; replayed from the cache on a hit.</summary>
public interface IStepJournal
{
    /// <summary>A line for people.</summary>
    void Line(string text);

    /// <summary>A metric; the name is unique per run, the step counts iterations.</summary>
    void Metric(string name, double value, long step = 0);

    /// <summary>A parameter that was used.</summary>
    void Parameter(string name, string value);

    /// <summary>A tag of the run.</summary>
    void Tag(string name, string value);
}
