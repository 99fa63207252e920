using Millwright.Abstractions.Results;
using Millwright.Pipelines.Plan;
using Millwright.Pipelines.Yaml;

namespace Millwright.Pipelines.Code;

/// <summary>Pipelines written as C#: compiled, and asked for their graph.</summary>
internal sealed class CodeFiles(CodeBuild build) : IPlanReader
{
    public IReadOnlyList<string> Extensions { get; } = [".cs"];

    public async Task<Result<PlanDraft>> ReadAsync(string file, CancellationToken ct)
    {
        if (!(await build.RunAsync(file, ct)).TryGet(out var program, out var problem))
        {
            return problem;
        }

        var (plan, source, errors) = YamlPlanReader.Read(await File.ReadAllTextAsync(program.PlanFile, ct), file, Path.GetFileNameWithoutExtension(file));
        return new PlanDraft(plan, source with { Lines = StepLines(source) }, errors);
    }

    // Only the steps know their lines in the C# file; every other line is one of the program's answer.
    private static Dictionary<string, int> StepLines(SourceMap source) => source.Lines
        .Where(line => line.Key.StartsWith("steps.", StringComparison.Ordinal) && line.Key.Count(c => c == '.') == 1)
        .ToDictionary(line => line.Key, line => line.Value, StringComparer.Ordinal);
}
