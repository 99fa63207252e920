using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Code;

/// <summary>Runs steps written in C#: the compiled program once per step, as a child process.</summary>
internal sealed class CodeWorker(CodeBuild build, CommandWorker commands) : IStepWorker
{
    public bool Takes(StepWork work) => work is CodeWork;

    public string Identify(StepWork work, JsonObject parameters) => $"code {((CodeWork)work).Entry} of {((CodeWork)work).Build}";

    public bool IsCacheable(StepWork work) => true;

    public async Task<Result<Done>> RunAsync(StepWork work, StepContext context, StepJournal journal, JsonObject pipelineParameters, CancellationToken ct)
    {
        var (entry, digest) = (CodeWork)work;
        if (!DotnetInstallation.Find().TryGet(out var dotnet, out var problem))
        {
            return problem;
        }

        var program = new CodeProgram(digest, build.FolderOf(digest), dotnet.Host);
        if (!File.Exists(program.Assembly))
        {
            return new Problem("code.gone", $"The compiled program of step '{context.Step}' is gone from '{program.Folder}'.", "Run the pipeline again; it is compiled anew.");
        }

        var environment = commands.Environment(context);
        var file = Path.Combine(Path.GetDirectoryName(context.WorkFolder)!, "context.json");
        await File.WriteAllTextAsync(file, Describe(context, environment["MILLWRIGHT_JOURNAL"]).ToJsonString(), ct);
        return await commands.RunAsync([program.Dotnet, program.Assembly, "step", entry, file], context, journal, environment, ct);
    }

    private static JsonObject Describe(StepContext context, string journal) => new()
    {
        ["run"] = context.RunId,
        ["step"] = context.Step,
        ["project"] = context.ProjectFolder,
        ["work"] = context.WorkFolder,
        ["journal"] = journal,
        ["inputs"] = Map(context.Inputs),
        ["outputs"] = Map(context.Outputs),
        ["parameters"] = context.Parameters.DeepClone(),
    };

    private static JsonObject Map(IReadOnlyDictionary<string, string> paths) =>
        new(paths.Select(path => KeyValuePair.Create(path.Key, (JsonNode?)JsonValue.Create(path.Value))));
}
