using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>Runs one kind of work. Cancellation ends it within the grace period.</summary>
internal interface IStepWorker
{
    bool Takes(StepWork work);

    /// <summary>What identifies the code, as part of the content key.</summary>
    string Identify(StepWork work, System.Text.Json.Nodes.JsonObject parameters);

    /// <summary>Parameters that name files of the project, relative to it, with those paths.</summary>
    IEnumerable<(string Parameter, string Path)> FilesOf(StepWork work, System.Text.Json.Nodes.JsonObject stepParameters) => [];

    /// <summary>Whether an earlier result may stand in at all.</summary>
    bool IsCacheable(StepWork work);

    /// <summary>State outside the inputs that the work would read, as part of the content key; null when it reads none.</summary>
    Task<string?> StateAsync(StepWork work, System.Text.Json.Nodes.JsonObject stepParameters, CancellationToken ct) => Task.FromResult<string?>(null);

    Task<Result<Done>> RunAsync(StepWork work, StepContext context, StepJournal journal, System.Text.Json.Nodes.JsonObject pipelineParameters, CancellationToken ct);
}
