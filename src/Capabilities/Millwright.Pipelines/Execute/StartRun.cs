using System.Text.Json.Nodes;
using Millwright.Abstractions.Content;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>What to start.</summary>
/// <param name="Pipeline">A file or a name, as <see cref="PlanPipeline"/> takes it.</param>
/// <param name="Actor">Who.</param>
public sealed record StartRequest(string Pipeline, Actor Actor)
{
    /// <summary>Parameter → value, over the pipeline's defaults; texts are read as the parameter's type.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>Only these steps and what they depend on; empty = all.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Whether every step runs, whatever the cache says.</summary>
    public bool Force { get; init; }

    /// <summary>What starts it; a text other than <see cref="RunRecord.Manual"/> starts a pipeline once.</summary>
    public string Trigger { get; init; } = RunRecord.Manual;
}

/// <summary>Starts a run of a pipeline, pinned to the plan as it is now.</summary>
public sealed class StartRun
{
    private readonly PlanPipeline _plan;
    private readonly RunSupervisor _supervisor;
    private readonly PipelinesOptions _options;
    private readonly IFileDigests _digests;
    private readonly IReadOnlyList<IDataVersions> _data;
    private readonly TimeProvider _clock;

    internal StartRun(PlanPipeline plan, RunSupervisor supervisor, PipelinesOptions options, IFileDigests digests, IEnumerable<IDataVersions> data, TimeProvider clock) =>
        (_plan, _supervisor, _options, _digests, _data, _clock) = (plan, supervisor, options, digests, [.. data], clock);

    /// <summary>Returns as soon as the run is recorded and begins; nothing is recorded when the result is a problem.</summary>
    public async Task<Result<RunRecord>> RunAsync(StartRequest request, CancellationToken ct)
    {
        var planned = await _plan.RunAsync(request.Pipeline, ct);
        return planned.TryGet(out var pipeline, out var problem) ? await RunAsync(pipeline, request, ct) : problem;
    }

    private async Task<Result<RunRecord>> RunAsync(PlannedPipeline pipeline, StartRequest request, CancellationToken ct)
    {
        var plan = pipeline.Plan;
        if (!RunParameters.Resolve(plan, request.Parameters).TryGet(out var parameters, out var bad))
        {
            return bad;
        }

        if (request.Steps.FirstOrDefault(step => plan.Find(step) is null) is { } unknown)
        {
            var names = plan.Steps.Select(step => step.Name).ToList();
            return new Problem("step.unknown", $"The pipeline '{plan.Name}' has no step '{unknown}'{Nearest.Hint(unknown, names)}", $"Its steps are: {string.Join(", ", names)}.", ProblemKind.NotFound);
        }

        var steps = PlanOrder.Ancestors(plan, request.Steps.Count > 0 ? request.Steps : plan.Steps.Select(step => step.Name));
        var reading = await RunInputs.ReadAsync(plan, _options.ProjectFolder, _digests, _data, ct);
        if (!reading.TryGet(out var inputs, out var missing))
        {
            return missing;
        }

        var run = new RunRecord(NewId.Next(_clock), plan.Name, plan.Digest(), pipeline.File, request.Actor, _clock.GetUtcNow())
        {
            Parameters = parameters,
            Commit = GitCommit.Read(_options.ProjectFolder),
            Data = inputs.Data,
            Trigger = request.Trigger,
        };
        return await _supervisor.StartAsync(run, new RunOrder(plan, steps, inputs, request.Force), ct) is null
            ? new Problem("run.triggered-before", $"'{request.Trigger}' already started '{plan.Name}'.", "Nothing to do.", ProblemKind.Conflict)
            : run;
    }
}

/// <summary>Parameters of a run: what was given over the defaults, by type.</summary>
internal static class RunParameters
{
    /// <summary>All parameters with their values, or every error together.</summary>
    public static Result<JsonObject> Resolve(PipelinePlan plan, JsonObject given)
    {
        var errors = new List<ProblemDetail>();
        var names = plan.Parameters.Select(parameter => parameter.Name).ToList();
        errors.AddRange(given.Select(entry => entry.Key).Where(name => !names.Contains(name))
            .Select(name => new ProblemDetail($"the pipeline has no such parameter{Nearest.Hint(name, names)}", Key: name)));
        var all = new JsonObject();
        foreach (var parameter in plan.Parameters)
        {
            if (!given.TryGetPropertyValue(parameter.Name, out var value))
            {
                all[parameter.Name] = parameter.Default?.DeepClone();
                if (parameter.Default is null)
                {
                    errors.Add(new ProblemDetail("it has no default, so the run must give it", Key: parameter.Name));
                }

                continue;
            }

            var typed = all[parameter.Name] = ParameterType.Coerce(parameter.Default, value);
            if (ParameterType.Mismatch(parameter.Default, typed) is { } mismatch)
            {
                errors.Add(new ProblemDetail(mismatch, Key: parameter.Name));
            }
        }

        return errors.Count == 0
            ? all
            : new Problem("run.parameters", $"The parameters do not fit the pipeline '{plan.Name}'.", names.Count == 0 ? "It takes none." : $"Its parameters are: {string.Join(", ", names)}.").With(errors);
    }
}
