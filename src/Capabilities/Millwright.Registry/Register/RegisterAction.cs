using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Models;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;

namespace Millwright.Registry.Register;

/// <summary>
/// The action <c>register</c>: puts the model and everything known about it (metrics, gate, fairness, explanation, profile) into one model
/// folder, stores it by content and registers it as a new version with its lineage.
/// </summary>
public sealed class RegisterAction(RegisterModel register, IContentStore content) : IStepAction
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <inheritdoc/>
    public string Name => "register";

    /// <inheritdoc/>
    public StepActionShape Shape { get; } = new(
        "Registers a model version with its metrics, gate, fairness report, explanation, profile and lineage.",
        "1",
        ["model", "metrics?", "gate?", "fairness?", "explanation?", "profile?"],
        ["version"],
        [new StepParameter("name", "Name of the registered model.")])
    {
        FileNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = "version.json" },
    };

    /// <inheritdoc/>
    public async Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct)
    {
        var folder = Path.Combine(context.WorkFolder, "model");
        Assemble(context, folder);
        var artifact = await content.PutAsync(folder, ct);
        var metrics = ReadMetrics(Path.Combine(folder, ModelFiles.Metrics));
        var wanted = new NewModelVersion(context.Parameters["name"]!.ToString(), artifact, context.Actor)
        {
            RunId = context.RunId,
            Pipeline = Subject.Pipeline(context.Pipeline.Name, context.Pipeline.Digest),
            Commit = context.Pipeline.Commit,
            Data = [.. context.Pipeline.Data],
            Parameters = context.RunParameters.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value?.ToString() ?? "", StringComparer.Ordinal),
            Metrics = metrics,
            Tags = ReadVerdict(context) is { } verdict ? ImmutableSortedDictionary<string, string>.Empty.Add("gate", verdict) : ImmutableSortedDictionary<string, string>.Empty,
        };
        if (!(await register.RunAsync(wanted, ct)).TryGet(out var version, out var problem))
        {
            return problem;
        }

        context.Journal.Tag("model", $"{version.Name}/{version.Version}");
        context.Journal.Line($"registered {version.Subject}");
        var said = new JsonObject { ["name"] = version.Name, ["version"] = version.Version, ["artifact"] = artifact.ToString() };
        await File.WriteAllTextAsync(context.Outputs["version"], said.ToJsonString(Indented) + "\n", ct);
        return Result.Ok;
    }

    private static void Assemble(StepContext context, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(context.Inputs["model"]))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        (string Input, string File)[] evidence =
        [
            ("metrics", ModelFiles.Metrics), ("gate", ModelFiles.Gate), ("fairness", ModelFiles.Fairness),
            ("explanation", ModelFiles.Explanation), ("profile", ModelFiles.Profile),
        ];
        foreach (var (input, file) in evidence)
        {
            if (context.Inputs.TryGetValue(input, out var path))
            {
                File.Copy(path, Path.Combine(folder, file), overwrite: true);
            }
        }
    }

    // Whatever numbers a metrics file holds at its top level, in any shape that an evaluation writes.
    private static ImmutableSortedDictionary<string, double> ReadMetrics(string path)
    {
        if (!File.Exists(path) || JsonNode.Parse(File.ReadAllText(path)) is not JsonObject json)
        {
            return ImmutableSortedDictionary<string, double>.Empty;
        }

        var source = json["metrics"] as JsonObject ?? json;
        return source.Where(entry => entry.Value?.GetValueKind() is JsonValueKind.Number)
            .ToImmutableSortedDictionary(entry => entry.Key, entry => double.Parse(entry.Value!.ToJsonString(), CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    private static string? ReadVerdict(StepContext context) =>
        context.Inputs.TryGetValue("gate", out var path) && JsonNode.Parse(File.ReadAllText(path)) is JsonObject gate ? gate["verdict"]?.ToString().ToLowerInvariant() : null;
}
