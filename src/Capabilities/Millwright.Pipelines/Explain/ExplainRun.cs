using Millwright.Abstractions.Results;
using Millwright.Pipelines.Show;

namespace Millwright.Pipelines.Explain;

/// <summary>Why a step ran or did not.</summary>
/// <param name="Step">The step.</param>
/// <param name="State">What became of it.</param>
/// <param name="Why">One sentence.</param>
/// <param name="Key">Its content key, or null when its inputs never were known.</param>
public sealed record StepExplanation(string Step, StepState State, string Why, string? Key);

/// <summary>Explains a run step by step.</summary>
public sealed class ExplainRun(ShowRun show)
{
    /// <summary>One explanation per step, in the order of the plan.</summary>
    public async Task<Result<IReadOnlyList<StepExplanation>>> RunAsync(string runId, CancellationToken ct) =>
        (await show.RunAsync(runId, ct)).Map(shown => (IReadOnlyList<StepExplanation>)[.. shown.Steps.Select(step =>
            new StepExplanation(step.Step, step.State, step.Problem?.Message ?? step.Why, step.Facets?.Key().ToString()))]);
}
