using Millwright.Abstractions.Results;

namespace Millwright.Pipelines.Plan;

/// <summary>A pipeline of the project, planned.</summary>
/// <param name="Plan">Checked and complete.</param>
/// <param name="File">Its file, relative to the project, with <c>/</c>.</param>
public sealed record PlannedPipeline(PipelinePlan Plan, string File);

/// <summary>Reads a pipeline's file, YAML or C#, into a checked plan.</summary>
public sealed class PlanPipeline
{
    private readonly PipelinesOptions _options;
    private readonly IReadOnlyList<IPlanReader> _readers;
    private readonly ActionCatalogue _actions;

    internal PlanPipeline(PipelinesOptions options, IEnumerable<IPlanReader> readers, ActionCatalogue actions) =>
        (_options, _readers, _actions) = (options, [.. readers], actions);

    /// <summary>
    /// Plans one pipeline; a failed check names every error with file, line and key.
    /// </summary>
    /// <param name="nameOrFile">A path, relative to the project or absolute within it, or the name of a file in <c>pipelines/</c> without its extension.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<PlannedPipeline>> RunAsync(string nameOrFile, CancellationToken ct)
    {
        if (!Find(nameOrFile).TryGet(out var file, out var unknown))
        {
            return unknown;
        }

        var reader = _readers.First(candidate => candidate.Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal));
        var read = await reader.ReadAsync(file, ct);
        if (!read.TryGet(out var draft, out var unreadable))
        {
            return unreadable;
        }

        return PlanCheck.Run(draft.Plan, draft.Source, _actions, _options.ProjectFolder, draft.Errors).Map(plan => new PlannedPipeline(plan, file));
    }

    /// <summary>The files in <c>pipelines/</c>, relative to the project, sorted.</summary>
    public IReadOnlyList<string> Files()
    {
        var folder = Path.Combine(_options.ProjectFolder, "pipelines");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(IsPipeline).Select(file => "pipelines/" + Path.GetFileName(file)).Order(StringComparer.Ordinal)]
            : [];
    }

    private bool IsPipeline(string file) => _readers.Any(reader => reader.Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal));

    private Result<string> Find(string nameOrFile)
    {
        var full = Path.GetFullPath(nameOrFile, _options.ProjectFolder);
        if (File.Exists(full))
        {
            var relative = Path.GetRelativePath(_options.ProjectFolder, full).Replace('\\', '/');
            if (relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative))
            {
                return new Problem("pipeline.outside", $"'{nameOrFile}' lies outside the project '{_options.ProjectFolder}'.", "Run it from its own project's folder.");
            }

            return IsPipeline(relative) ? relative : new Problem("pipeline.unknown", $"'{relative}' is not a pipeline.", "A pipeline is a .yaml, .yml or .cs file.");
        }

        var named = Files().Where(file => Path.GetFileNameWithoutExtension(file) == nameOrFile).ToList();
        return named switch
        {
            [var only] => only,
            [] => new Problem("pipeline.unknown", $"There is no pipeline '{nameOrFile}'{Nearest.Hint(nameOrFile, Files().Concat(Files().Select(file => Path.GetFileNameWithoutExtension(file))))}", $"Name a file ({(Files().Count == 0 ? "none in pipelines/ yet" : string.Join(", ", Files()))}).", ProblemKind.NotFound),
            _ => new Problem("pipeline.ambiguous", $"'{nameOrFile}' may be {string.Join(" or ", named)}.", "Name the file."),
        };
    }
}

/// <summary>What a file says before it is checked as a whole.</summary>
internal sealed record PlanDraft(PipelinePlan Plan, SourceMap Source, IReadOnlyList<ProblemDetail> Errors);

/// <summary>Reads one language of pipelines.</summary>
internal interface IPlanReader
{
    /// <summary>With the dot.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Reads a file, named relative to the project.</summary>
    Task<Result<PlanDraft>> ReadAsync(string file, CancellationToken ct);
}
