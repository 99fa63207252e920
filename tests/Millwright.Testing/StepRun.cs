using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;

namespace Millwright.Testing;

/// <summary>Runs one action as a pipeline would: defaults filled in, outputs under their file names in a folder of its own.</summary>
public sealed class StepRun : IStepJournal
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<(string Name, double Value, long Step)> _metrics = new();
    private readonly ConcurrentDictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private Action<StepRun, string>? _watch;

    private StepRun(IReadOnlyDictionary<string, string> outputs) => Outputs = outputs;

    /// <summary>Output name → path.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; }

    /// <summary>How it ended.</summary>
    public Result<Done> Result { get; private set; }

    public IReadOnlyCollection<string> Lines => _lines;

    public IReadOnlyCollection<(string Name, double Value, long Step)> Metrics => _metrics;

    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>Runs <paramref name="action"/>; parameters are given as a JSON object; <paramref name="watch"/> sees every metric.</summary>
    public static async Task<StepRun> RunAsync(
        IStepAction action, string folder, IReadOnlyDictionary<string, string> inputs, string parameters = "{}", Action<StepRun, string>? watch = null, CancellationToken ct = default)
    {
        var shape = action.Shape;
        var outputs = shape.Outputs.ToDictionary(
            name => name, name => Path.Combine(folder, shape.FileNames.GetValueOrDefault(name, name)), StringComparer.Ordinal);
        var work = Directory.CreateDirectory(Path.Combine(folder, ".work")).FullName;
        Directory.CreateDirectory(folder);
        var given = JsonNode.Parse(parameters)!.AsObject();
        foreach (var parameter in shape.Parameters.Where(parameter => !given.ContainsKey(parameter.Name)))
        {
            given[parameter.Name] = parameter.Default?.DeepClone();
        }

        var run = new StepRun(outputs);
        run._watch = watch;
        run.Result = await action.RunAsync(new StepContext("run", action.Name, folder, work, inputs, outputs, given, run), ct);
        return run;
    }

    public void Line(string text) => _lines.Enqueue(text);

    public void Metric(string name, double value, long step = 0)
    {
        _metrics.Enqueue((name, value, step));
        _watch?.Invoke(this, name);
    }

    public void Parameter(string name, string value) => _parameters[name] = value;

    public void Tag(string name, string value) => _parameters[$"tag:{name}"] = value;
}
