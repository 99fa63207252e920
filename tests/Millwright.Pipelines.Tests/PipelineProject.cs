using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Abstractions.Identity;
using Millwright.Abstractions.Results;
using Millwright.Abstractions.Steps;
using Millwright.Ledger;
using Millwright.LocalFiles;
using Millwright.Pipelines.Execute;
using Millwright.Pipelines.Logs;
using Millwright.Pipelines.Show;
using Millwright.Pipelines.Watch;
using Millwright.Relational;
using Millwright.Testing;

namespace Millwright.Pipelines.Tests;

/// <summary>A project folder with the real database, content store and executor; closing and opening it again is a restart.</summary>
public sealed class PipelineProject : IAsyncDisposable
{
    private readonly ScratchFolder? _scratch;
    private readonly List<IStepAction> _actions = [];
    private ServiceProvider? _services;

    private PipelineProject(string? folder)
    {
        _scratch = folder is null ? new ScratchFolder() : null;
        Folder = folder ?? _scratch!.Path;
    }

    public string Folder { get; }

    public RecordingTracker Tracker { get; } = new();

    public ServiceProvider Services => _services ?? throw new InvalidOperationException("Not open.");

    public static async Task<PipelineProject> OpenAsync(params IStepAction[] actions)
    {
        var project = new PipelineProject(null);
        project._actions.AddRange(actions);
        await project.OpenAsync();
        return project;
    }

    /// <summary>A folder that belongs to somebody else.</summary>
    public static async Task<PipelineProject> OpenFolderAsync(string folder)
    {
        var project = new PipelineProject(folder);
        await project.OpenAsync();
        return project;
    }

    public async Task OpenAsync(bool triggers = false)
    {
        Directory.CreateDirectory(Path.Combine(Folder, ".millwright"));
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<IRunTracker>(Tracker)
            .AddLocalFiles(Path.Combine(Folder, ".millwright"))
            .AddLedger()
            .AddRelational(Database.Open(Path.Combine(Folder, ".millwright", "millwright.db"), TimeProvider.System).Value)
            .AddPipelines(new PipelinesOptions(Folder) { GracePeriod = TimeSpan.FromSeconds(1), Triggers = triggers });
        foreach (var action in _actions)
        {
            services.AddSingleton(action);
        }

        _services = services.BuildServiceProvider();
        foreach (var hosted in _services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }
    }

    public async Task CloseAsync()
    {
        foreach (var hosted in Services.GetServices<IHostedService>())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await Services.DisposeAsync();
        _services = null;
    }

    public string Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public Task<Result<RunRecord>> StartAsync(string pipeline, string parameters = "{}", bool force = false, string trigger = "manual", params string[] steps) =>
        Services.GetRequiredService<StartRun>().RunAsync(
            new StartRequest(pipeline, new Actor("anna")) { Parameters = JsonNode.Parse(parameters)!.AsObject(), Force = force, Steps = steps, Trigger = trigger },
            CancellationToken.None);

    /// <summary>Starts a run and waits for its end.</summary>
    public async Task<ShownRun> RunAsync(string pipeline, string parameters = "{}", bool force = false, params string[] steps)
    {
        var started = await StartAsync(pipeline, parameters, force, "manual", steps);
        started.Problem.ShouldBeNull(started.Problem is { } problem ? $"{problem.Message}\n{string.Join('\n', problem.Details)}" : null);
        return await WaitAsync(started.Value.Id);
    }

    public async Task<ShownRun> WaitAsync(string runId) =>
        (await Services.GetRequiredService<WatchRun>().WaitAsync(runId, CancellationToken.None)).Value;

    public async Task<IReadOnlyList<string>> LogAsync(string runId, string step)
    {
        var lines = new List<string>();
        await foreach (var line in (await Services.GetRequiredService<ReadLogs>().RunAsync(runId, step, follow: false, CancellationToken.None)).Value)
        {
            lines.Add(line.Text);
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await CloseAsync();
        }

        _scratch?.Dispose();
    }
}

/// <summary>Remembers what reached tracking.</summary>
public sealed class RecordingTracker : IRunTracker
{
    public List<string> Events { get; } = [];

    public Task StartAsync(TrackedRun run, CancellationToken ct) => Note($"start {run.Name} {string.Join(",", run.Parameters.Select(p => $"{p.Key}={p.Value}"))}");

    public Task LogAsync(string runId, RunReport report, CancellationToken ct) =>
        Note(string.Join(";", report.Metrics.Select(m => $"metric {m.Name}={m.Value}@{m.Step}").Concat(report.Parameters.Select(p => $"param {p.Key}={p.Value}")).Concat(report.Tags.Select(t => $"tag {t.Key}={t.Value}"))));

    public Task FinishAsync(string runId, RunOutcome outcome, DateTimeOffset at, CancellationToken ct) => Note($"finish {outcome}");

    private Task Note(string text)
    {
        lock (Events)
        {
            Events.AddRange(text.Split(';'));
        }

        return Task.CompletedTask;
    }
}

/// <summary>An action made of a function.</summary>
public sealed class FakeAction(string name, StepActionShape shape, Func<StepContext, CancellationToken, Task<Result<Done>>> run) : IStepAction
{
    public string Name => name;

    public StepActionShape Shape => shape;

    public Task<Result<Done>> RunAsync(StepContext context, CancellationToken ct) => run(context, ct);

    /// <summary>Copies its input <c>data</c> and its parameter <c>rounds</c> into its output <c>model</c>.</summary>
    public static FakeAction Train() => new(
        "fake.train",
        new StepActionShape("Trains.", "1", ["data", "extra?"], ["model"], [new StepParameter("rounds", "Rounds.", JsonValue.Create(10))]) { FileNames = new Dictionary<string, string> { ["model"] = "model.json" } },
        (context, _) =>
        {
            File.WriteAllText(context.Outputs["model"], File.ReadAllText(context.Inputs["data"]) + context.Parameters["rounds"]);
            context.Journal.Metric("auc", 0.75, 3);
            context.Journal.Parameter("eta", "0.3");
            context.Journal.Line("trained");
            return Task.FromResult<Result<Done>>(Done.Value);
        });
}
