using Millwright.Abstractions.Content;
using Millwright.Abstractions.Steps;

namespace Millwright.Pipelines.Execute;

/// <summary>What every run needs from outside itself.</summary>
internal sealed class RunServices(
    PipelinesOptions options,
    IRunStore store,
    IContentStore content,
    IFileDigests digests,
    IEnumerable<IStepWorker> workers,
    IEnumerable<IRunTracker> trackers,
    TimeProvider clock)
{
    public PipelinesOptions Options => options;

    public IRunStore Store => store;

    public IContentStore Content => content;

    public IFileDigests Digests => digests;

    public IReadOnlyList<IRunTracker> Trackers { get; } = [.. trackers];

    public TimeProvider Clock => clock;

    public IStepWorker WorkerFor(Plan.StepWork work) => workers.First(worker => worker.Takes(work));
}
