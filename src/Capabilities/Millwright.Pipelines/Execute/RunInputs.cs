using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>What a run reads from the project: digests of its files and the versions of its tracked data, taken once when it starts.</summary>
/// <param name="Files">Path relative to the project → digest.</param>
/// <param name="Data">Versions of tracked data sets among them.</param>
internal sealed record RunInputs(IReadOnlyDictionary<string, ContentDigest> Files, ImmutableArray<ContentDigest> Data)
{
    public static async Task<Result<RunInputs>> ReadAsync(
        PipelinePlan plan, string projectFolder, IFileDigests digests, IEnumerable<IDataVersions> dataVersions, CancellationToken ct)
    {
        var sources = plan.Steps.SelectMany(step => step.Inputs.Values).Distinct().ToList();
        var paths = sources.Select(PathOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var found = await Task.WhenAll(paths.Select(path => digests.DigestAsync(Path.Combine(projectFolder, path), ct)));
        var files = new Dictionary<string, ContentDigest>(StringComparer.Ordinal);
        foreach (var (path, digest) in paths.Zip(found))
        {
            if (digest is null)
            {
                return new Problem("run.input-missing", $"There is no file '{path}'.", "Create it, or correct the pipeline's input.");
            }

            files[path] = digest.Value;
        }

        var data = ImmutableArray.CreateBuilder<ContentDigest>();
        foreach (var versions in dataVersions)
        {
            foreach (var path in paths)
            {
                var result = await versions.FindAsync(Path.Combine(projectFolder, path), ct);
                if (!result.TryGet(out var version, out var problem))
                {
                    return problem;
                }

                if (version is { } tracked && !data.Contains(tracked))
                {
                    data.Add(tracked);
                }
                else if (version is null && sources.Contains(new DataSource(path)))
                {
                    return new Problem("run.data-untracked", $"'{path}' is named as a data set, but is not tracked.", $"Run 'mw data add {path}', or name it as a file.");
                }
            }
        }

        return new RunInputs(files, data.ToImmutable());
    }

    /// <summary>An input's content, once every step before has finished.</summary>
    public ResolvedInput Resolve(InputSource source, string projectFolder, JsonObject parameters, Func<string, StepRecord> upstream, PipelinePlan plan)
    {
        switch (source)
        {
            case OutputSource output:
                return new ResolvedInput(upstream(output.Step).Outputs[output.Output], plan.Find(output.Step)!.Outputs[output.Output]);
            case ParameterSource parameter:
                var text = CanonicalJson.Write(parameters[parameter.Name]);
                return new ResolvedInput(ContentDigest.Sha256(text), parameter.Name + ".json", Text: text);
            default:
                var path = PathOf(source)!;
                return new ResolvedInput(Files[path], Path.GetFileName(path), Path.Combine(projectFolder, path));
        }
    }

    private static string? PathOf(InputSource source) => source switch
    {
        FileSource file => file.Path,
        DataSource data => data.Path,
        _ => null,
    };
}
