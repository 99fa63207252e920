using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Millwright.Pipelines.Plan;

namespace Millwright.Pipelines.Schedule;

/// <summary>What the pipelines of the project want to be started by; a file is planned again only when it changed.</summary>
internal sealed class TriggerIndex(PlanPipeline plan, PipelinesOptions options, ILogger<TriggerIndex> log)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first refresh.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Every trigger, with its pipeline's name and file and when that file was last changed, UTC.</summary>
    public IEnumerable<(string Pipeline, string File, DateTime Changed, PlanTrigger Trigger)> All =>
        _entries.Values.SelectMany(entry => entry.Triggers.Select(trigger => (entry.Pipeline, entry.File, entry.Changed, trigger)));

    /// <summary>Whether some pipeline waits for this kind of event; true while that is not known yet.</summary>
    public bool Wants(string kind) => !_loaded.Task.IsCompleted || All.Any(known => known.Trigger is EventTrigger on && on.Kind == kind);

    /// <summary>Looks at the files again.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        var files = plan.Files();
        foreach (var gone in _entries.Keys.Except(files, StringComparer.Ordinal).ToList())
        {
            _entries.TryRemove(gone, out _);
        }

        foreach (var file in files)
        {
            var changed = File.GetLastWriteTimeUtc(Path.Combine(options.ProjectFolder, file));
            if (_entries.TryGetValue(file, out var known) && known.Changed == changed)
            {
                continue;
            }

            var planned = await plan.RunAsync(file, ct);
            if (planned.Problem is { } problem)
            {
                Log.TriggersUnread(log, file, problem.Message);
            }

            // A file that cannot be planned keeps quiet until it is changed; its error is told to whoever runs it.
            _entries[file] = planned.TryGet(out var pipeline, out _)
                ? new Entry(pipeline.Plan.Name, file, changed, [.. pipeline.Plan.Triggers])
                : new Entry("", file, changed, []);
        }

        _loaded.TrySetResult();
    }

    private sealed record Entry(string Pipeline, string File, DateTime Changed, IReadOnlyList<PlanTrigger> Triggers);
}
