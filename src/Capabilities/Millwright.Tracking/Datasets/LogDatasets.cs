using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Tracking.Runs;

namespace Millwright.Tracking.Datasets;

/// <summary>Notes which data sets and logged models a run read and made.</summary>
public sealed class LogDatasets(IRunStore runs)
{
    /// <summary>Adds data sets. One that the experiment knows by name and digest keeps its facts, one that the run has keeps its tags.</summary>
    public async Task<Result<RunInfo>> InputsAsync(RunId id, IReadOnlyList<DatasetInput> datasets, CancellationToken ct) =>
        datasets.Select(Check).FirstOrDefault(problem => problem is not null) is { } problem
            ? problem
            : await runs.ChangeAsync(id, run => LogToRun.Active(run).Map(_ => new RunChange { Datasets = datasets }), ct);

    /// <summary>Adds logged models.</summary>
    public Task<Result<RunInfo>> OutputsAsync(RunId id, IReadOnlyList<ModelOutput> models, CancellationToken ct) =>
        runs.ChangeAsync(id, run => LogToRun.Active(run).Map(_ => new RunChange { Models = models }), ct);

    private static Problem? Check(DatasetInput dataset) =>
        KeyRule.Longest(dataset.Name, "name", 500)
        ?? KeyRule.Longest(dataset.Digest, "digest", 36)
        ?? KeyRule.Longest(dataset.Source, "source", 65535)
        ?? dataset.Tags.Select(tag => KeyRule.Longest(tag.Key, "key", 255) ?? KeyRule.Longest(tag.Value, "value", 500)).FirstOrDefault(problem => problem is not null);
}
