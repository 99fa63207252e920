using System.Text.Json.Nodes;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Execute;

/// <summary>Runs named actions inside the process.</summary>
internal sealed class ActionWorker(ActionCatalogue actions, PipelinesOptions options, TimeProvider clock) : IStepWorker
{
    public bool Takes(StepWork work) => work is ActionWork;

    public string Identify(StepWork work, JsonObject parameters) => $"action {Find(work).Name} version {Find(work).Shape.Version}";

    public IEnumerable<(string Parameter, string Path)> FilesOf(StepWork work, JsonObject stepParameters) => Find(work).Shape.Parameters
        .Where(parameter => parameter.IsFile)
        .Select(parameter => (parameter.Name, Template.Text(stepParameters[parameter.Name] ?? parameter.Default)))
        .Where(file => file.Item2.Length > 0);

    public bool IsCacheable(StepWork work) => Find(work).Shape.IsCacheable;

    public async Task<string?> StateAsync(StepWork work, JsonObject stepParameters, CancellationToken ct) =>
        Find(work) is IReadsState reader ? await reader.StateAsync(WithDefaults(Find(work).Shape, stepParameters), ct) : null;

    public async Task<Result<Done>> RunAsync(StepWork work, StepContext context, StepJournal journal, JsonObject pipelineParameters, CancellationToken ct)
    {
        var action = Find(work);
        var running = Task.Run(() => action.RunAsync(context with { Parameters = WithDefaults(action.Shape, context.Parameters) }, ct), CancellationToken.None);
        try
        {
            return await running.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It is told to stop; one that does not listen is left behind, its folder is its own.
            await ((Task)running).WaitAsync(options.GracePeriod, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private static JsonObject WithDefaults(StepActionShape shape, JsonObject given)
    {
        var all = new JsonObject(shape.Parameters.Where(parameter => parameter.Default is not null)
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Default?.DeepClone())));
        foreach (var (name, value) in given)
        {
            all[name] = value?.DeepClone();
        }

        return all;
    }

    private IStepAction Find(StepWork work) => actions.Find(((ActionWork)work).Action)!;
}
