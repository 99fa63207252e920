using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>The folder of one attempt: inputs appear in <c>in/</c>, outputs are made in <c>out/</c>, the rest may be used freely.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Inputs">Input name → absolute path.</param>
/// <param name="Outputs">Output name → absolute path to create.</param>
internal sealed record StepWorkspace(string Folder, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, string> Outputs)
{
    public string Scratch => Path.Combine(Folder, "tmp");

    public static async Task<Result<StepWorkspace>> PrepareAsync(
        string folder, PlanStep step, IReadOnlyDictionary<string, ResolvedInput> inputs, IContentStore content, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.Combine(folder, "out"));
        Directory.CreateDirectory(Path.Combine(folder, "tmp"));
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, input) in inputs)
        {
            if (input.Path is { } existing)
            {
                paths[name] = existing;
                continue;
            }

            var path = paths[name] = Path.Combine(folder, "in", name, input.FileName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (input.Text is { } text)
            {
                await File.WriteAllTextAsync(path, text, ct);
            }
            else if ((await content.MaterialiseAsync(input.Digest, path, ct)).Problem is { } missing)
            {
                return missing;
            }
        }

        return new StepWorkspace(folder, paths, step.Outputs.ToDictionary(output => output.Key, output => Path.Combine(folder, "out", output.Value), StringComparer.Ordinal));
    }

    public void Remove()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A process that outlived its group may still write; the next start of the server clears the folder.
        }
    }
}

/// <summary>An input whose content is known.</summary>
/// <param name="Digest">Of the content.</param>
/// <param name="FileName">What it is called where it appears.</param>
/// <param name="Path">Where it lies already, or null.</param>
/// <param name="Text">The content itself when it is a parameter, or null.</param>
internal sealed record ResolvedInput(ContentDigest Digest, string FileName, string? Path = null, string? Text = null);
