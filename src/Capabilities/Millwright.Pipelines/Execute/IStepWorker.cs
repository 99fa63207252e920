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

    /// <summary>Whether an earlier result may stand in at all.</summary>
    bool IsCacheable(StepWork work);

    Task<Result<Done>> RunAsync(StepWork work, StepContext context, StepJournal journal, System.Text.Json.Nodes.JsonObject pipelineParameters, CancellationToken ct);
}
