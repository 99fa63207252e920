using Millwright.Abstractions.Results;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Yaml;

/// <summary>Pipelines written as YAML.</summary>
internal sealed class YamlFiles(PipelinesOptions options) : IPlanReader
{
    public IReadOnlyList<string> Extensions { get; } = [".yaml", ".yml"];

    public async Task<Result<PlanDraft>> ReadAsync(string file, CancellationToken ct)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(options.ProjectFolder, file), ct);
        var (plan, source, errors) = YamlPlanReader.Read(text, file, Path.GetFileNameWithoutExtension(file));
        return new PlanDraft(plan, source, errors);
    }
}
