using System.Globalization;
using System.Text.Json.Nodes;

namespace Millwright.Sdk;

/// <summary>What a step's code may tell the run.</summary>
public sealed class StepScope
{
    private readonly string? _journal;
    private readonly Lock _gate = new();

    internal StepScope(StepContextFile context, CancellationToken stopping) =>
        (RunId, Step, ProjectFolder, WorkFolder, _journal, Stopping) = (context.Run, context.Step, context.Project, context.Work, context.Journal, stopping);

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>The step's name.</summary>
    public string Step { get; }

    /// <summary>Absolute path of the project's root.</summary>
    public string ProjectFolder { get; }

    /// <summary>An empty folder of its own, removed afterwards.</summary>
    public string WorkFolder { get; }

    /// <summary>Signalled when the step shall end: cancelled, or over its timeout. It is killed a few seconds later.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>A line in the step's log.</summary>
    public void Log(string text) => StandardOutput.Line(text);

    /// <summary>A metric of the run; the step counts iterations.</summary>
    public void Metric(string name, double value, long step = 0) => Append(new JsonObject
    {
        ["metric"] = name,
        ["value"] = double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture),
        ["step"] = step,
    });

    /// <summary>A parameter that was used.</summary>
    public void Parameter(string name, string value) => Append(new JsonObject { ["param"] = name, ["value"] = value });

    /// <summary>A tag of the run.</summary>
    public void Tag(string name, string value) => Append(new JsonObject { ["tag"] = name, ["value"] = value });

    private void Append(JsonObject entry)
    {
        if (_journal is null)
        {
            return;
        }

        lock (_gate)
        {
            File.AppendAllText(_journal, entry.ToJsonString(SdkJson.Options) + "\n");
        }
    }
}

/// <summary>What the host tells a step's process.</summary>
internal sealed record StepContextFile(
    string Run, string Step, string Project, string Work, string? Journal,
    Dictionary<string, string> Inputs, Dictionary<string, string> Outputs, JsonObject Parameters);
